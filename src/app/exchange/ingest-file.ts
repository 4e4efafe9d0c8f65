import { type EdiEvent, readEdi } from "../../edi/guides/index.ts";
import { recordAudit } from "../audit/audit.ts";
import { RegisterClaims } from "../claims/register-claims.ts";
import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import { TakeRemittances } from "../posting/take-remittances.ts";
import { type Counts, type IngestSummary, newCounts, tellFinding } from "./ingest-summary.ts";
import { baseName, keepFile } from "./keep-file.ts";
import { TakeAcknowledgements } from "./take-acknowledgements.ts";

/** A file as it arrives: its name, and its bytes as often as they are asked for. */
export interface IncomingFile {
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/**
 * Takes a file in: keeps its bytes, then posts its 835s, registers its 837s and follows its 999, 997, TA1
 * and 277CA. Taking the same file in again changes nothing. Bad data is told as findings.
 */
export async function ingestFile(
  app: App,
  actor: Actor,
  file: IncomingFile,
  tell: Tell,
): Promise<IngestSummary> {
  const name = baseName(file.name);
  const fileId = await keepFile(app, actor, "in", name, file.open);
  const counts = newCounts();
  const desk = { app, actor, fileId, counts, tell };
  const takers = [
    new TakeRemittances(desk),
    new RegisterClaims(desk),
    new TakeAcknowledgements(desk),
  ];
  for await (const event of readEdi(file.open())) {
    countEvent(event, counts, tell);
    for (const taker of takers) await taker.take(event);
  }
  await recordAudit(app, actor, {
    action: "file.ingest",
    entity: { type: "file", id: fileId },
    purpose: "payment",
    outcome: "success",
    detail: { transactionSets: counts.transactionSets, claims: counts.claims },
  });
  return { kind: "summary", file: name, ...counts };
}

function countEvent(event: EdiEvent, counts: Counts, tell: Tell): void {
  switch (event.kind) {
    case "interchange": {
      counts.interchanges += 1;
      const { senderId, receiverId, controlNumber, usage } = event.interchange;
      tell({ kind: "interchange", senderId, receiverId, controlNumber, usage });
      break;
    }
    case "transactionSet":
      counts.transactionSets += 1;
      break;
    case "loop":
    case "transactionSetEnd":
    case "functionalGroupEnd":
    case "interchangeEnd":
    case "interchangeRefused":
      for (const finding of event.findings) tellFinding(finding, counts, tell);
      break;
    case "finding":
      tellFinding(event.finding, counts, tell);
      break;
  }
}
