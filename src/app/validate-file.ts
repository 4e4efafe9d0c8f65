import { readClaims } from "../billing/claims/index.ts";
import { type Cents, formatDollars, sumOf } from "../billing/money/index.ts";
import {
  type ClaimPayment,
  proveClaim,
  proveTransaction,
  readClaimPayment,
  readRemittance,
} from "../billing/remits/index.ts";
import { type EdiEvent, readEdi, Verdicts, writeAcknowledgement } from "../edi/guides/index.ts";
import type { Finding } from "../edi/x12/index.ts";
import type { Tell } from "./events.ts";
import type { IncomingFile } from "./ingest-file.ts";
import { type IngestSummary, newCounts, tellFinding } from "./ingest-summary.ts";
import { baseName } from "./keep-file.ts";

/** An answer to a file: the interchange with TA1 and 999s, and the name it is to be written under. */
export interface Acknowledgement {
  readonly name: string;
  readonly text: string;
}

/** Who answers and when; control numbers of the first answer, counted on for each further interchange. */
export interface AnswerStamp {
  readonly now: Date;
  readonly firstControlNumber: number;
}

/**
 * Checks a file by syntax (SNIP 1), guide (2) and balance (3) and tells every finding with its place. Returns
 * the acknowledgements that answer it; a bad set does not reject its good siblings.
 */
export async function validateFile(
  file: IncomingFile,
  stamp: AnswerStamp,
  tell: Tell,
): Promise<{ summary: IngestSummary; acknowledgements: readonly Acknowledgement[] }> {
  const counts = newCounts();
  const verdicts = new Verdicts();
  let payments: ClaimPayment[] = [];
  for await (const event of readEdi(file.open(), { check: true })) {
    verdicts.take(event);
    const findings: Finding[] = "findings" in event ? [...event.findings] : [];
    if (event.kind === "finding") findings.push(event.finding);
    if (event.kind === "interchange") counts.interchanges += 1;
    if (event.kind === "transactionSet") {
      counts.transactionSets += 1;
      payments = [];
    }
    if (event.kind === "loop" && event.set.id === "835") {
      payments.push(readClaimPayment(event.loop, payments.length + 1));
      counts.claimPayments += 1;
    }
    if (event.kind === "loop" && event.set.id === "837") {
      counts.claims += 1;
      const read = readClaims(event.loop, event.set);
      findings.push(...read.findings);
      if (read.claim !== undefined) findings.push(...claimBalance(read.claim, counts.claims));
    }
    if (event.kind === "transactionSetEnd" && event.set.id === "835" && event.set.guide) {
      findings.push(...remittanceBalance(event, payments));
    }
    for (const finding of findings) tellFinding(finding, counts, tell);
  }
  const name = baseName(file.name);
  return {
    summary: { kind: "summary", file: name, ...counts },
    acknowledgements: verdicts.interchanges.flatMap((verdict, index) => {
      const text = writeAcknowledgement(verdict, stampOf(stamp, index));
      return text === undefined ? [] : [{ name: ackName(name, index), text }];
    }),
  };
}

function stampOf({ now, firstControlNumber }: AnswerStamp, index: number) {
  const iso = now.toISOString();
  return {
    interchangeControlNumber: String(firstControlNumber + index).padStart(9, "0"),
    groupControlNumber: String(firstControlNumber + index),
    date: iso.slice(0, 10).replaceAll("-", ""),
    time: iso.slice(11, 16).replace(":", ""),
  };
}

function ackName(name: string, index: number): string {
  const stem = name.replace(/\.[A-Za-z0-9]+$/, "");
  return `${stem}${index === 0 ? "" : `.${index + 1}`}.999`;
}

/** CLM02 is the sum of its lines' charges (SNIP 3). */
function claimBalance(
  claim: { readonly chargeCents: Cents; readonly lines: readonly { chargeCents: Cents }[] },
  ordinal: number,
): Finding[] {
  const residual = claim.chargeCents - sumOf(claim.lines, (line) => line.chargeCents);
  if (residual === 0 || claim.lines.length === 0) return [];
  return [
    {
      severity: "error",
      code: "claim-charge-unbalanced",
      snip: 3,
      loop: "2300",
      segment: "CLM",
      element: 2,
      message: `The charge of CLM[${ordinal}] is ${formatDollars(residual as Cents)} off the sum of its lines.`,
      fix: "Make CLM02 the sum of the line charges.",
    },
  ];
}

/** The three balances of a remittance (POSTING B1 to B3) as findings. */
function remittanceBalance(
  event: Extract<EdiEvent, { kind: "transactionSetEnd" }>,
  payments: readonly ClaimPayment[],
): Finding[] {
  const remittance = readRemittance(event.root, payments, event.set.ordinal);
  const findings: Finding[] = [...remittance.defects];
  for (const payment of payments) {
    findings.push(...payment.defects);
    for (const { level, place, position, residualCents } of proveClaim(payment)) {
      findings.push({
        severity: "error",
        code: `${level}-unbalanced`,
        snip: 3,
        loop: level === "service" ? "2110" : "2100",
        segment: level === "service" ? "SVC" : "CLP",
        ...(position === undefined ? {} : { position }),
        message: `${place}: charge less adjustments is ${formatDollars(residualCents)} off the payment.`,
        fix: "Ask the payer for a corrected remittance; it will be parked, never plugged.",
      });
    }
  }
  const { residualCents } = proveTransaction(remittance);
  if (residualCents !== 0 && remittance.defects.length === 0) {
    findings.push({
      severity: "error",
      code: "transaction-unbalanced",
      snip: 3,
      loop: "ST",
      segment: "BPR",
      element: 2,
      message: `BPR02 is ${formatDollars(residualCents)} off the sum of claims less provider adjustments.`,
      fix: "Ask the payer for a corrected remittance; it will be parked, never plugged.",
    });
  }
  return findings;
}
