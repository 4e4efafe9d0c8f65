import type { ReviewDoc } from "../../platform/store/index.ts";
import { isRunning, mayJudge } from "../../trust/access/index.ts";
import { REVIEW_KINDS, REVIEW_OUTCOMES, type ReviewOutcome } from "../../trust/audit/index.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import { type Page, type Paging, pageOf, pageSize } from "../page.ts";
import { recordAudit } from "./audit.ts";

/** What the queue of reviews can be narrowed by. */
export interface ReviewFilter extends Paging {
  readonly status?: string | undefined;
}

/** What a reviewer says. */
export interface SignOff {
  readonly outcome: string;
  /** In words; may name a patient, and so is stored sealed. */
  readonly note: string;
}

const NOTE_MOST = 4000;

/** What stood out in the audit trail, newest first: what is open, or what is signed off. */
export async function listReviews(
  app: App,
  actor: Actor,
  options: ReviewFilter,
): Promise<Page<ReturnType<typeof viewOf>>> {
  const limit = pageSize(options);
  const { reviews } = app.store.practice(actor.practiceId);
  const docs = await reviews.find(
    {
      status: options.status ?? "open",
      ...(options.cursor === undefined ? {} : { _id: { $lt: options.cursor } }),
    },
    { sort: { _id: -1 }, limit: limit + 1 },
  );
  const page = pageOf(docs, limit, ({ _id }) => _id);
  await recordAudit(app, actor, {
    action: "review.list",
    entity: { type: "reviews", id: actor.practiceId },
    purpose: "operations",
    outcome: "success",
    detail: { shown: page.items.length },
  });
  return { items: page.items.map(viewOf), next: page.next };
}

/**
 * Signs a finding off: explained, or an incident, with a note (45 CFR 164.308(a)(1)(ii)(D)). By a person whose doing it is
 * not. `not-found`; `invalid`; `forbidden` for whom it is about, and for the program; `state` where it is signed off, or
 * the emergency access still runs.
 */
export async function signReview(app: App, actor: Actor, id: string, { outcome, note }: SignOff) {
  if (!Object.hasOwn(REVIEW_OUTCOMES, outcome)) {
    throw new OperatingError("invalid", `Outcomes: ${Object.keys(REVIEW_OUTCOMES).join(", ")}.`);
  }
  const words = note.trim();
  if (words === "" || words.length > NOTE_MOST) {
    throw new OperatingError("invalid", `The note takes 1 to ${NOTE_MOST} characters.`);
  }
  const practice = app.store.practice(actor.practiceId);
  return app.store.transaction(async (session) => {
    const review = await practice.reviews.findOne({ _id: id }, { session });
    if (review === undefined) throw new OperatingError("not-found");
    refuseJudge(actor, review);
    await refuseRunning(app, actor, review);
    const signed: ReviewDoc = {
      ...review,
      status: "signed-off",
      signedOff: { at: app.now().toISOString(), by: actor.id, outcome: outcome as ReviewOutcome },
      note: words,
    };
    await practice.reviews.replace([{ document: signed, version: review.version }], session);
    const draft = {
      action: "review.sign-off",
      entity: { type: "review", id },
      purpose: "operations",
      outcome: "success",
      detail: { kind: review.kind, about: review.actorId, outcome },
    } as const;
    await recordAudit(app, actor, draft, session);
    return viewOf(signed);
  });
}

function refuseJudge(actor: Actor, { actorId, evidence, status }: ReviewDoc): void {
  const { openedBy } = evidence;
  const concerned = typeof openedBy === "string" ? [actorId, openedBy] : [actorId];
  if (!mayJudge(actor, concerned)) {
    throw new OperatingError("forbidden", "A person signs off, and nobody his or her own doing.");
  }
  if (status !== "open") throw new OperatingError("state", "It is signed off.");
}

async function refuseRunning(app: App, { practiceId }: Actor, { evidence }: ReviewDoc) {
  const { breakGlass } = evidence;
  if (typeof breakGlass !== "string") return;
  const glass = await app.store.practice(practiceId).breakGlasses.findOne({ _id: breakGlass });
  if (glass !== undefined && isRunning(glass, app.now())) {
    throw new OperatingError("state", "The emergency access still runs: end it first.");
  }
}

function viewOf({
  _id: id,
  kind,
  actorId,
  happenedAt,
  evidence,
  status,
  signedOff,
  note,
}: ReviewDoc) {
  return {
    id,
    reviewKind: kind,
    words: REVIEW_KINDS[kind],
    about: actorId,
    happenedAt,
    evidence,
    status,
    outcome: signedOff?.outcome ?? null,
    signedOff,
    note,
  };
}
