import type { ReviewDoc } from "../../platform/store/index.ts";
import type { App } from "../context.ts";

/** Something for the reviewers as it is found. */
export type ReviewFinding = Pick<ReviewDoc, "key" | "kind" | "actorId" | "happenedAt" | "evidence">;

/** A finding as it is stored: open, with nothing said of it yet. */
export function reviewDoc(app: App, finding: ReviewFinding): Omit<ReviewDoc, "practiceId"> {
  return {
    _id: app.newId(),
    ...finding,
    status: "open",
    signedOff: null,
    note: null,
    at: app.now(),
    version: 1,
  };
}
