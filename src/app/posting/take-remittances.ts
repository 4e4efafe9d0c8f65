import { type ClaimPayment, readClaimPayment, readRemittance } from "../../billing/remits/index.ts";
import type { EdiEvent } from "../../edi/guides/index.ts";
import { matchArrived } from "../deposits/match-deposits.ts";
import { ContentDigest } from "../exchange/content-digest.ts";
import type { IngestDesk } from "../exchange/ingest-desk.ts";
import { addMoney, tellFinding } from "../exchange/ingest-summary.ts";
import { postRemittance } from "./post-remittance.ts";

/** Takes the 835s out of a file: gathers each set's claim payments, then posts it as one remittance. */
export class TakeRemittances {
  readonly #desk: IngestDesk;
  #payments: ClaimPayment[] = [];
  #digest = new ContentDigest();

  constructor(desk: IngestDesk) {
    this.#desk = desk;
  }

  /** Takes the next event of the file; everything that is not of an 835 passes by. */
  async take(event: EdiEvent): Promise<void> {
    if (event.kind === "transactionSet" && event.set.id === "835") {
      this.#payments = [];
      this.#digest = new ContentDigest();
    } else if (event.kind === "loop" && event.set.id === "835") {
      this.#payments.push(readClaimPayment(event.loop, this.#payments.length + 1));
      this.#digest.add(event.loop);
    } else if (event.kind === "transactionSetEnd" && event.set.id === "835") {
      await this.#post(event);
    }
  }

  async #post(event: Extract<EdiEvent, { kind: "transactionSetEnd" }>): Promise<void> {
    const counts = this.#desk.counts;
    counts.claimPayments += this.#payments.length;
    if (event.set.guide === undefined) return;
    this.#digest.add(event.root);
    const remittance = readRemittance(event.root, this.#payments, event.set.ordinal);
    for (const defect of remittance.defects) tellFinding(defect, counts, this.#desk.tell);
    for (const payment of remittance.claimPayments) {
      for (const defect of payment.defects) tellFinding(defect, counts, this.#desk.tell);
    }
    if (event.set.interchange.usage === "T") this.#desk.tell({ kind: "finding", ...TEST_FILE });
    const result = await postRemittance(
      this.#desk.app,
      this.#desk.actor,
      {
        remittance,
        intact: event.intact,
        contentDigest: contentDigest(this.#digest.value(), event.intact),
        fileId: this.#desk.fileId,
      },
      this.#desk.tell,
    );
    counts.posted += result.posted;
    counts.parked += result.parked;
    counts.released += result.released;
    if (result.outcome === "duplicate") counts.duplicates += 1;
    if (result.outcome === "posted") counts.remittances += 1;
    if (result.outcome === "awaiting-deposit") counts.awaitingDeposit += 1;
    if (result.outcome === "parked") counts.parkedRemittances += 1;
    else {
      // A duplicate, too: the first time, the program may have ended between the posting and this.
      await matchArrived(this.#desk.app, this.#desk.actor, remittance, this.#desk.tell);
    }
    addMoney(counts, result);
    this.#payments = [];
  }
}

/** A damaged set is no duplicate of the whole one, even where only its SE was lost (POSTING E7). */
function contentDigest(digest: string, intact: boolean): string {
  return intact ? digest : `${digest}-damaged`;
}

const TEST_FILE = {
  severity: "information",
  code: "test-usage",
  segment: "ISA",
  element: 15,
  message: "The interchange is marked as a test (ISA15); it was posted like any other.",
} as const;
