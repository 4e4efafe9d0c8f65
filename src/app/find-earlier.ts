import type { ClientSession } from "mongoose";
import { remittanceKey } from "../billing/remits/index.ts";
import type { PracticeStore, RemittanceDoc } from "../platform/store/index.ts";
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
  if (sameKey.some((doc) => doc.moneyDigest === digest && doc.status !== "parked")) {
    return { kind: "duplicate", exact: false };
  }
  if (!sameKey.some((doc) => doc.status !== "parked")) return { kind: "none" };
  const { paymentCents, paymentMethod, handlingCode } = read.remittance;
  const informing = handlingCode === "H" || handlingCode === "I";
  const moneyless = paymentCents === 0 && (paymentMethod === "NON" || informing);
  return { kind: moneyless ? "reused" : "conflict" };
}
