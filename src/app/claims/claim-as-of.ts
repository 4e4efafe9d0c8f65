import type { AdjudicationDoc, ClaimDoc, Submission } from "../../platform/store/index.ts";
import { projectClaim, receivableOf } from "./claim-projection.ts";

/** Events of a claim's story by which a later claim took its place. */
const SUPERSEDED: ReadonlySet<string> = new Set(["replaced", "voided"]);

/** What an acknowledgement makes of a submission. */
const ANSWERS: readonly Submission["status"][] = ["received", "accepted", "rejected"];

/**
 * A claim as it stood before an instant, with its decisions of then: worked out from what was recorded by then, never
 * from the projection, which knows only today. Undefined where the claim was not there yet.
 */
export function claimAsOf(
  doc: ClaimDoc,
  decisions: readonly AdjudicationDoc[],
  end: Date,
): { readonly doc: ClaimDoc; readonly decisions: readonly AdjudicationDoc[] } | undefined {
  if (doc.at >= end) return undefined;
  const timeline = doc.timeline.filter(({ at }) => new Date(at) < end);
  const known = decisions.filter(({ at }) => at < end);
  const adjudications = known.map(({ adjudication }) => adjudication);
  const superseded = doc.superseded && timeline.some(({ event }) => SUPERSEDED.has(event));
  const submissions = submissionsOf(doc, timeline, end);
  const then = { ...doc, superseded };
  const told = new Set(decisions.map(({ payment }) => payment.payerClaimControlNumber));
  const toldThen = new Set(known.map(({ payment }) => payment.payerClaimControlNumber));
  return {
    doc: {
      ...then,
      ...projectClaim(receivableOf(then), adjudications, submissions),
      adjudications,
      submissions,
      timeline,
      payerClaimControlNumbers: doc.payerClaimControlNumbers.filter(
        (number) => !told.has(number) || toldThen.has(number),
      ),
      flags: doc.flags.filter((flag) => known.some(({ flags }) => flags?.includes(flag) === true)),
    },
    decisions: known,
  };
}

/** What was sent by then; the last one with the last answer of then. */
function submissionsOf(
  { submissions }: ClaimDoc,
  timeline: ClaimDoc["timeline"],
  end: Date,
): readonly Submission[] {
  const sent = submissions.filter(({ at }) => at < end);
  const last = sent.at(-1);
  if (last === undefined) return sent;
  const answer = timeline.findLast(
    ({ at, event }) => new Date(at) >= last.at && ANSWERS.some((status) => status === event),
  );
  const status = ANSWERS.find((each) => each === answer?.event) ?? "sent";
  return [...sent.slice(0, -1), { ...last, status }];
}
