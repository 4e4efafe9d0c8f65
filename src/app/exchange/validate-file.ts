import { readClaims } from "../../billing/claims/index.ts";
import { readClaimPayment, readRemittance } from "../../billing/remits/index.ts";
import {
  type EdiEvent,
  mostTelling,
  readEdi,
  Verdicts,
  writeAcknowledgement,
} from "../../edi/guides/index.ts";
import type { Finding } from "../../edi/x12/index.ts";
import type { HeldCodeSets } from "../claims/held-code-sets.ts";
import type { Tell } from "../events.ts";
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
 * Checks a file by syntax (SNIP 1), guide (2), balance (3), situation (4) and the code sets that are given (5), tells every
 * fault once with its place and returns the acknowledgements that answer it with all the codes of each fault; a bad set does
 * not reject its good siblings.
 */
export async function validateFile(
  file: IncomingFile,
  stamp: AnswerStamp,
  codeSets: HeldCodeSets,
  tell: Tell,
): Promise<{ summary: IngestSummary; acknowledgements: readonly Acknowledgement[] }> {
  const counts = newCounts();
  const verdicts = new Verdicts();
  let payments = 0;
  let interchange = 0;
  for await (const event of readEdi(file.open(), { check: true, codeSets })) {
    verdicts.take(event);
    if ("interchange" in event) interchange = event.interchange.ordinal;
    const findings: Finding[] = "findings" in event ? [...event.findings] : [];
    if (event.kind === "finding") findings.push(event.finding);
    if (event.kind === "interchange") counts.interchanges += 1;
    if (event.kind === "transactionSet") {
      counts.transactionSets += 1;
      payments = 0;
    }
    if (event.kind === "loop" && event.set.id === "835") {
      payments += 1;
      counts.claimPayments += 1;
      findings.push(...readClaimPayment(event.loop, payments).defects);
    }
    if (event.kind === "loop" && event.set.id === "837") {
      counts.claims += 1;
      findings.push(...readClaims(event.loop, event.set).findings);
    }
    if (event.kind === "transactionSetEnd" && event.set.id === "835" && event.set.guide) {
      findings.push(...readRemittance(event.root, [], event.set.ordinal).defects);
    }
    const place = placeOf(event, interchange);
    for (const finding of mostTelling(findings)) {
      tellFinding(finding, counts, (happening) => tell({ ...happening, ...place }));
    }
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

/** Positions count within a set or else an interchange, so a finding says in which of the file. */
function placeOf(event: EdiEvent, interchange: number): { set?: number; interchange?: number } {
  if ("set" in event) return { set: event.set.ordinal };
  return event.kind === "finding" ? {} : { interchange };
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
