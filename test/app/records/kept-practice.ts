/** A practice whose records are kept, and the days on which their time is over. */
import { resolveWorkItem } from "../../../src/app/denials/work-items.ts";
import { keepUnapplied } from "../../../src/app/desk/desk-decisions.ts";
import { claim, claimFile } from "../claim-file.ts";
import { Practice } from "../practice.ts";
import { clp, remittanceFile } from "../remittance-file.ts";

const CLAIMS = claimFile([claim("A1", "99213 100.00"), claim("A2", "99214 200.00")]);

/** Pays one claim with a share for the patient, denies another, and names one that nobody knows. */
export const REMITTANCE = remittanceFile([
  {
    trace: "T1",
    payments: [
      clp("A1 1 100.00 70.00 ICN1", "99213 100.00 70.00 CO-45 20.00 PR-1 10.00"),
      clp("A2 1 200.00 0.00 ICN2", "99214 200.00 0.00 CO-197 200.00"),
      clp("X1 1 10.00 10.00 ICN3", "99213 10.00 10.00"),
    ],
  },
]);

/** What tells of the patients of these files: names, numbers of theirs, birthday, diagnosis. */
export const TELLING: readonly string[] = [
  "AMPLE",
  "ANN",
  "MA1",
  "MA2",
  '"A1"',
  '"A2"',
  "ICN1",
  "ICN2",
  "1980",
  "E119",
];

/** The last day of the six years, and the first on which what `settle` made may go. */
export const LAST_DAY = "2032-03-20";
export const DAY_AFTER = "2032-03-21";

/** Two claims, a remittance, a denial and a payment that wait: all of it of 2026-03-20. */
export async function work(practice: Practice): Promise<Practice> {
  await practice.ingest(CLAIMS);
  await practice.ingest(REMITTANCE);
  return practice;
}

/** The same, where the denial is resolved and the stray payment decided, so that nothing waits. */
export async function settle(practice: Practice): Promise<Practice> {
  await work(practice);
  const { app, actor, store } = practice;
  const stray = await store.parkedPayments.findOne({ status: "parked" });
  await keepUnapplied(app, actor, stray?._id ?? "", { reason: "nobody's" });
  for (const { _id, status } of await store.workItems.find({})) {
    if (status !== "resolved") await resolveWorkItem(app, actor, _id, { outcome: "no-action" });
  }
  return practice;
}

/** The same practice at noon of another day. */
export function on(day: string, { app, actor }: Practice): Practice {
  return new Practice({ ...app, now: () => new Date(`${day}T12:00:00Z`) }, actor.practiceId);
}

/** Everything that is stored of a practice, opened, but for its audit trail. */
export async function stored({ store }: Practice): Promise<string> {
  const { practiceId: _id, auditEvents: _events, auditHeads: _heads, ...rest } = store;
  const all = Object.values(rest).map((collection) => collection.find({}));
  return JSON.stringify(await Promise.all(all));
}

/** What a use case is refused with, or "done". */
export function refusal(use: Promise<unknown>): Promise<string> {
  return use.then(
    () => "done",
    (error: Error) => error.message,
  );
}
