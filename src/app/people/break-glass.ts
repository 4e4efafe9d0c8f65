import type { BreakGlassDoc } from "../../platform/store/index.ts";
import { peopleModels } from "../../platform/store/people.ts";
import { GLASS_MINUTES, isRole, isRunning, needsGlass } from "../../trust/access/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { reviewDoc } from "../audit/review-record.ts";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";
import type { Person } from "./sign-in.ts";

const MINUTE_MS = 60_000;
const REASON_LENGTH = { least: 10, most: 1000 } as const;
const LISTED = 200;

/** What somebody says who opens emergency access. */
export interface GlassInput {
  /** In words; may name a patient, and so is stored sealed and shown to reviewers only. */
  readonly reason: string;
  readonly minutes?: number | undefined;
  /** For whom, where the program opens it; a person opens it for himself or herself only. */
  readonly user?: string | undefined;
}

/**
 * Opens emergency access to patient data for a person whose roles show none (45 CFR 164.312(a)(2)(ii)): at once, for a
 * reason and a time. In the same transaction it is audited and laid before the reviewers, and the log raises the alarm.
 * `invalid` for a reason or time out of bounds; `not-found`; `state` where one runs already or the roles show patients.
 */
export async function openGlass(app: App, actor: Actor, input: GlassInput) {
  const { minutes = GLASS_MINUTES.usual } = input;
  const reason = reasonOf(input);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > GLASS_MINUTES.most) {
    throw new OperatingError("invalid", `It runs for 1 to ${GLASS_MINUTES.most} minutes.`);
  }
  const userId = actor.kind === "system" ? input.user : actor.id;
  if (userId === undefined) throw new OperatingError("usage", "Say for which user.");
  const glass = await app.store.transaction(async (session) => {
    const practice = app.store.practice(actor.practiceId);
    await refuseGlass(app, actor, userId);
    const openedAt = app.now();
    const doc = {
      _id: app.newId(),
      userId,
      openedBy: actor.id,
      reason,
      openedAt,
      endsAt: new Date(openedAt.getTime() + minutes * MINUTE_MS),
      endedAt: null,
    };
    await practice.breakGlasses.insert([doc], session);
    const evidence = { breakGlass: doc._id, openedBy: actor.id, minutes };
    const review = reviewDoc(app, {
      key: `break-glass:${doc._id}`,
      kind: "break-glass",
      actorId: userId,
      happenedAt: openedAt.toISOString(),
      evidence,
    });
    await practice.reviews.insert([review], session);
    await recordAudit(app, actor, draftOf("open", doc._id, { user: userId, minutes }), session);
    return doc;
  });
  const { requestId, practiceId } = actor;
  app.log.warn("break-glass-opened", { requestId, practiceId, actorId: userId });
  return viewOf(glass, app.now());
}

function reasonOf({ reason }: GlassInput): string {
  const text = reason.trim();
  if (text.length < REASON_LENGTH.least || text.length > REASON_LENGTH.most) {
    const { least, most } = REASON_LENGTH;
    throw new OperatingError("invalid", `The reason takes ${least} to ${most} characters.`);
  }
  return text;
}

async function refuseGlass(app: App, { practiceId }: Actor, userId: string): Promise<void> {
  const { User } = peopleModels(app.store.connection);
  const user = await User.findOne({ _id: userId, practiceId, disabledAt: null }).lean();
  if (user === null) throw new OperatingError("not-found");
  if (!needsGlass(user.roles.filter(isRole))) {
    throw new OperatingError("state", "The roles of this person show patients already.");
  }
  if ((await runningOf(app, practiceId, userId)) !== undefined) {
    throw new OperatingError("state", "Emergency access runs already.");
  }
}

function runningOf(app: App, practiceId: string, userId: string) {
  const running = { userId, endedAt: null, endsAt: { $gt: app.now() } };
  return app.store.practice(practiceId).breakGlasses.findOne(running);
}

/**
 * The emergency access that a person has at this moment; asked with each request, so that it ends to the second. Who
 * sees patients by a role needs none, and is not asked about.
 */
export async function glassOf(app: App, { practiceId, id, roles }: Person) {
  if (!needsGlass(roles)) return undefined;
  const glass = await runningOf(app, practiceId, id);
  return glass === undefined ? undefined : { id: glass._id };
}

/** Ends one's own emergency access. `state` where none runs. */
export async function endOwnGlass(app: App, actor: Actor) {
  const glass = await runningOf(app, actor.practiceId, actor.id);
  if (glass === undefined) throw new OperatingError("state", "No emergency access runs.");
  return end(app, actor, glass);
}

/** Ends somebody's emergency access. `not-found`; `state` where it has ended. */
export async function endGlass(app: App, actor: Actor, id: string) {
  const glass = await app.store.practice(actor.practiceId).breakGlasses.findOne({ _id: id });
  if (glass === undefined) throw new OperatingError("not-found");
  if (!isRunning(glass, app.now())) throw new OperatingError("state", "It has ended.");
  return end(app, actor, glass);
}

async function end(app: App, actor: Actor, glass: BreakGlassDoc) {
  const endedAt = app.now();
  await app.store.transaction(async (session) => {
    const open = { _id: glass._id, endedAt: null };
    const { breakGlasses } = app.store.practice(actor.practiceId);
    const ended = await breakGlasses.update(open, { $set: { endedAt } }, session);
    if (!ended) throw new OperatingError("state", "It has ended.");
    await recordAudit(app, actor, draftOf("end", glass._id, { user: glass.userId }), session);
  });
  return viewOf({ ...glass, endedAt }, endedAt);
}

/** The last two hundred emergency accesses with their reasons, for reviewers; newest first. */
export async function listGlasses(app: App, actor: Actor) {
  const { breakGlasses } = app.store.practice(actor.practiceId);
  const glasses = await breakGlasses.find({}, { sort: { _id: -1 }, limit: LISTED });
  // Reasons may name patients, so reading them is on record.
  const draft = { ...draftOf("list", actor.practiceId, { shown: glasses.length }) };
  await recordAudit(app, actor, { ...draft, fields: ["reason"] });
  return glasses.map((glass) => ({ ...viewOf(glass, app.now()), reason: glass.reason }));
}

function viewOf(glass: Omit<BreakGlassDoc, "practiceId">, now: Date) {
  const { _id: id, userId, openedBy, openedAt, endsAt, endedAt } = glass;
  return {
    id,
    user: userId,
    openedBy,
    openedAt: openedAt.toISOString(),
    endsAt: endsAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    running: isRunning(glass, now),
  };
}

function draftOf(
  verb: "open" | "end" | "list",
  id: string,
  detail: Record<string, string | number>,
) {
  const entity = { type: verb === "list" ? "break-glasses" : "break-glass", id };
  const action = `break-glass.${verb}`;
  return { action, entity, purpose: "operations", outcome: "success", detail } as const;
}
