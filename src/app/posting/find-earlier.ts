import type { ClientSession } from "mongoose";
import { compareEarlier, remittanceKey } from "../../billing/remits/index.ts";
import type { PracticeStore, RemittanceDoc } from "../../platform/store/index.ts";
import type { ReadRemittance } from "./remittance-record.ts";

/** Whether a remittance was here before, and how. */
export type Earlier =
  | { readonly kind: "none" | "conflict" | "reused" }
  | { readonly kind: "duplicate"; readonly exact: boolean }
  | { readonly kind: "unfinished"; readonly doc: RemittanceDoc };

/** The three-way duplicate test (POSTING E4): same content, same money, or only the same trace number. */
export async function findEarlier(
  practice: PracticeStore,
  read: ReadRemittance,
  digest: string,
  session: ClientSession,
): Promise<Earlier> {
  const { contentDigest } = read;
  const exact = await practice.remittances.findOne({ contentDigest }, { session });
  if (exact?.status === "posting") return { kind: "unfinished", doc: exact };
  if (exact !== undefined) return { kind: "duplicate", exact: true };
  const key = remittanceKey(read.remittance);
  const sameKey = await practice.remittances.find({ key }, { session });
  const kind = compareEarlier(read.remittance, digest, sameKey);
  return kind === "cosmetic" ? { kind: "duplicate", exact: false } : { kind };
}
