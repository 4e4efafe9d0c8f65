import type { Guide } from "../edi/guides/index.ts";
import { writeTransactionSet } from "../edi/guides/index.ts";
import { type Interchange, type LoopValue, writeInterchange } from "../edi/x12/index.ts";
import { compactDate } from "./calendar.ts";
import type { SamplePayer } from "./payers.ts";
import type { ReceivedBatch } from "./receive.ts";

/** A file to come: its text follows once its control number is known. */
export interface Letter {
  readonly kind: "TA1" | "999" | "277CA" | "835";
  /** Middle of the file name. */
  readonly label: string;
  /** What it is and, where it is irregular on purpose, how. */
  readonly description: string;
  /** The file, under this ISA13. */
  readonly write: (controlNumber: string) => string;
}

/** When a letter is written: an ISO calendar date and HHMM. */
export interface Postmark {
  readonly date: string;
  readonly time: string;
}

/**
 * Writes a transaction set into an interchange of its own, from the payer to who sent the batch.
 */
export function fromPayer(
  batch: ReceivedBatch,
  payer: SamplePayer,
  { date, time }: Postmark,
  guide: Guide,
  root: LoopValue,
): Letter["write"] {
  const { interchange, group } = batch.set;
  const { delimiters } = interchange;
  const day = compactDate(date);
  return (controlNumber) => {
    const written = writeTransactionSet(guide, root, { controlNumber: "0001", delimiters });
    if (written.findings.length > 0) throw new Error("an answer repeats only what could be read");
    return writeInterchange({
      ...partiesOf(interchange, { id: payer.id, qualifier: "ZZ" }),
      date: day.slice(2),
      time,
      controlNumber,
      groups: [
        {
          functionalIdentifier: guide.functionalIdentifier,
          senderCode: payer.id,
          receiverCode: group.senderCode,
          date: day,
          time,
          controlNumber: String(Number(controlNumber)),
          version: guide.versions[0] ?? "",
          transactionSets: [written.text],
        },
      ],
    });
  };
}

/** ISA parties, usage and delimiters of an answer to this interchange. */
export function partiesOf(
  interchange: Interchange,
  sender: { readonly id: string; readonly qualifier: string },
) {
  return {
    senderQualifier: sender.qualifier,
    senderId: sender.id.slice(0, 15),
    receiverQualifier: interchange.senderQualifier,
    receiverId: interchange.senderId,
    usage: interchange.usage === "P" ? ("P" as const) : ("T" as const),
    delimiters: interchange.delimiters,
  };
}
