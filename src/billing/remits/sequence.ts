import type { ClaimPayer } from "../claims/claim.ts";
import type { Sequence } from "../ledger/index.ts";
import type { ClaimPayment, Remittance } from "./remittance.ts";

/** CLP02 as evidence of a payer's turn; a payer may state it wrongly (RFI 546). */
const BY_STATUS: Readonly<Record<string, Sequence>> = {
  "1": "P",
  "19": "P",
  "2": "S",
  "20": "S",
  "3": "T",
  "21": "T",
};

/**
 * The claim filing indicator of Medicaid, which some senders use with status 3 even as the only
 * payer.
 */
const MEDICAID = "MC";

/**
 * Which of the patient's payers sent this payment: our own order of coverage and who sent the file
 * decide; CLP02 only where those leave it open, or where an OA-23 shows that another payer went
 * before the one that we hold to be the first.
 */
export function payerSequence(
  payment: ClaimPayment,
  payer: Remittance["payer"],
  payers: readonly ClaimPayer[],
  sent: Sequence,
): Sequence {
  const stated = BY_STATUS[payment.statusCode];
  const same = payers.filter((candidate) => isSamePayer(candidate, payer));
  const [only] = same;
  if (only !== undefined && same.length === 1) {
    const notFirst = only.sequence === "P" && hasPriorPayerImpact(payment);
    return notFirst ? (stated ?? only.sequence) : only.sequence;
  }
  if (same.length > 1) {
    return same.find((candidate) => candidate.sequence === stated)?.sequence ?? sent;
  }
  if (stated === undefined) return sent;
  const lastResort =
    payment.filingIndicatorCode === MEDICAID &&
    payers.length === 1 &&
    !hasPriorPayerImpact(payment);
  return lastResort ? sent : stated;
}

/**
 * Whether a remittance's payer is the one that a claim names: by identifier, else by the same name.
 */
export function isSamePayer(
  candidate: Pick<ClaimPayer, "id" | "name">,
  payer: Remittance["payer"],
): boolean {
  if (payer.id !== undefined && candidate.id !== "" && candidate.id === payer.id) return true;
  return plain(candidate.name) !== "" && plain(candidate.name) === plain(payer.name);
}

function plain(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

function hasPriorPayerImpact(payment: ClaimPayment): boolean {
  return [payment, ...payment.services].some((level) =>
    level.adjustments.some(
      ({ groupCode, reasonCode }) => groupCode === "OA" && reasonCode === "23",
    ),
  );
}
