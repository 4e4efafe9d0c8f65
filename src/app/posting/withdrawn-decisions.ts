import type { AdjudicationDoc, PracticeStore } from "../../platform/store/index.ts";

/** Tells the decisions that count from those that were unposted and the records of that. */
export async function countedDecisions(
  practice: PracticeStore,
): Promise<(doc: Pick<AdjudicationDoc, "_id" | "withdraws">) => boolean> {
  const records = await practice.adjudications.find(
    { withdraws: { $exists: true } },
    { projection: { packed: 0 } },
  );
  const withdrawn = new Set(records.map(({ withdraws }) => withdraws));
  return ({ _id, withdraws }) => withdraws === undefined && !withdrawn.has(_id);
}
