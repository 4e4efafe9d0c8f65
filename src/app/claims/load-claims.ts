import type { ClientSession } from "mongoose";
import { standingWriteOffs } from "../../billing/ledger/index.ts";
import type { ClaimPayment, KnownClaim } from "../../billing/remits/index.ts";
import type { ClaimDoc, PracticeStore } from "../../platform/store/index.ts";
import type { OpenClaim } from "../posting/posting-batch.ts";

/** The claims that payments may belong to, found by our number and by the payer's. */
export interface LoadedClaims {
  readonly byId: Map<string, OpenClaim>;
  readonly byControlNumber: Map<string, string>;
  readonly byPayerNumber: Map<string, string>;
}

/** A claim as it was read. */
export function openClaim(doc: ClaimDoc): OpenClaim {
  return { doc, version: doc.version, changed: false };
}

/** The claims that the payments may belong to: by CLP01 first, then by CLP07 (POSTING M1, M3). */
export async function loadClaims(
  practice: PracticeStore,
  payments: readonly ClaimPayment[],
  session?: ClientSession,
): Promise<LoadedClaims> {
  const numbers = [...new Set(payments.map((payment) => payment.patientControlNumber))];
  const docs = await practice.claims.find({ patientControlNumbers: { $in: numbers } }, { session });
  const byId = new Map(docs.map((doc) => [doc._id, openClaim(doc)]));
  const byControlNumber = new Map<string, string>();
  for (const doc of docs) {
    for (const number of doc.patientControlNumbers) byControlNumber.set(number, doc._id);
  }
  const payerNumbers = payments.flatMap((payment) =>
    byControlNumber.has(payment.patientControlNumber) || !payment.payerClaimControlNumber
      ? []
      : [payment.payerClaimControlNumber],
  );
  const byPayerNumber = new Map<string, string>();
  if (payerNumbers.length > 0) {
    const more = await practice.claims.find(
      { payerClaimControlNumbers: { $in: [...new Set(payerNumbers)] } },
      { session },
    );
    for (const doc of more) {
      if (!byId.has(doc._id)) byId.set(doc._id, openClaim(doc));
      for (const number of doc.payerClaimControlNumbers) byPayerNumber.set(number, doc._id);
    }
  }
  return { byId, byControlNumber, byPayerNumber };
}

/** The claim that a payment belongs to. */
export function claimOf(claims: LoadedClaims, payment: ClaimPayment): KnownClaim | undefined {
  const id =
    claims.byControlNumber.get(payment.patientControlNumber) ??
    claims.byPayerNumber.get(payment.payerClaimControlNumber ?? "");
  const claim = id === undefined ? undefined : claims.byId.get(id);
  return claim && knownClaim(claim.doc);
}

/** What the planner needs to know of a stored claim. */
export function knownClaim(doc: ClaimDoc): KnownClaim {
  return {
    claimId: doc._id,
    payers: [doc.claim.payer, ...doc.claim.otherPayers],
    sentTo: doc.submissions.at(-1)?.sequence ?? doc.claim.payer.sequence,
    lines: doc.claim.lines,
    superseded: doc.superseded,
    writtenOff: standingWriteOffs(doc.writeOffs ?? []),
    adjudications: doc.adjudications,
  };
}
