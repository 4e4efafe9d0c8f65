import { readClaims } from "../../billing/claims/index.ts";
import { type ClaimPayment, readClaimPayment, readRemittance } from "../../billing/remits/index.ts";
import {
  type EdiEvent,
  read277ca,
  readEdi,
  readGroupAcknowledgement,
  readTa1,
} from "../../edi/guides/index.ts";
import type { Tell } from "../events.ts";
import type { IncomingFile } from "./ingest-file.ts";
import { type IngestSummary, newCounts, tellFinding } from "./ingest-summary.ts";
import { baseName } from "./keep-file.ts";

type Set = Extract<EdiEvent, { kind: "transactionSet" }>["set"];

/** Reads any X12 healthcare file into typed happenings, one a claim or claim payment; stores nothing. */
export async function parseFile(file: IncomingFile, tell: Tell): Promise<IngestSummary> {
  const counts = newCounts();
  let payments: Pick<ClaimPayment, "paidCents">[] = [];
  for await (const event of readEdi(file.open())) {
    switch (event.kind) {
      case "interchange": {
        counts.interchanges += 1;
        const { delimiters: _chosen, credentials: _secret, ...interchange } = event.interchange;
        tell({ kind: "interchange", ...interchange });
        break;
      }
      case "interchangeAcknowledgement":
        counts.acknowledgements += 1;
        tell({ kind: "acknowledgement", acknowledgement: "TA1", ...readTa1(event.segment) });
        break;
      case "transactionSet":
        counts.transactionSets += 1;
        payments = [];
        tell(setOf(event.set));
        break;
      case "loop":
        for (const finding of event.findings) tellFinding(finding, counts, tell);
        if (event.set.id === "835") {
          counts.claimPayments += 1;
          const payment = readClaimPayment(event.loop, payments.length + 1);
          payments.push({ paidCents: payment.paidCents });
          for (const defect of payment.defects) tellFinding(defect, counts, tell);
          tell({ kind: "claimPayment", set: event.set.ordinal, ...payment });
        } else if (event.set.id === "837") {
          counts.claims += 1;
          const { claim, findings } = readClaims(event.loop, event.set);
          for (const finding of findings) tellFinding(finding, counts, tell);
          if (claim !== undefined) {
            tell({ ...claim, kind: "claim", claimKind: claim.kind, set: event.set.ordinal });
          }
        } else if (event.set.guide?.name === "277CA") {
          counts.acknowledgements += 1;
          tell({ kind: "acknowledgement", acknowledgement: "277CA", ...read277ca(event.loop) });
        }
        break;
      case "transactionSetEnd":
        if (event.set.guide !== undefined) endOf(event, counts, tell);
        for (const finding of event.findings) tellFinding(finding, counts, tell);
        break;
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
  return { kind: "summary", file: baseName(file.name), ...counts };
}

function setOf(set: Set) {
  const { id, controlNumber, implementation, ordinal, guide } = set;
  return {
    kind: "transactionSet",
    transactionSet: id,
    controlNumber,
    implementation,
    ordinal,
    guide: guide?.name ?? null,
  };
}

function endOf(
  event: Extract<EdiEvent, { kind: "transactionSetEnd" }>,
  counts: ReturnType<typeof newCounts>,
  tell: Tell,
): void {
  if (event.set.id === "999" || event.set.id === "997") {
    counts.acknowledgements += 1;
    const answer = readGroupAcknowledgement(event.root);
    tell({ kind: "acknowledgement", acknowledgement: event.set.id, ...answer });
  }
  if (event.set.id !== "835") return;
  const {
    claimPayments: _none,
    providerAdjustments,
    defects,
    ...header
  } = readRemittance(event.root, [], event.set.ordinal);
  for (const defect of defects) tellFinding(defect, counts, tell);
  for (const adjustment of providerAdjustments) {
    tell({ kind: "providerAdjustment", set: event.set.ordinal, ...adjustment });
  }
  tell({ kind: "remittance", set: event.set.ordinal, intact: event.intact, ...header });
}
