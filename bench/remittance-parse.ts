/**
 * How fast an 835 becomes typed, proven remittances, against node-x12, which makes segments of it.
 */
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { X12Parser } from "node-x12";
import {
  type ClaimPayment,
  proveClaim,
  proveTransaction,
  readClaimPayment,
  readRemittance,
} from "../src/billing/remits/index.ts";
import { type EdiEvent, readEdi, readEdiSync } from "../src/edi/guides/index.ts";
import { remittanceBytes } from "./remittance-file.ts";
import type { BenchResult } from "./result.ts";

/** Times faster than node-x12 makes its object model of the same text. */
const OBJECTS_TARGET = 10;
/** Times faster than node-x12 streams bare segments, without loops, amounts or proof. */
const STREAM_TARGET = 1.5;

const ROUNDS = 10;
const MEGABYTE = 1_000_000;
const CHUNK_BYTES = 64 * 1024;

/** Reads and proves a generated file, then lets node-x12 parse and stream the same. */
export async function remittanceParse(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const bytes = remittanceBytes((scale.smoke ? 2 : 20) * MEGABYTE);
  const chunks = chunksOf(bytes);
  let claims = 0;
  let segments = 0;
  let whole = Number.POSITIVE_INFINITY;
  let ours = Number.POSITIVE_INFINITY;
  let stream = Number.POSITIVE_INFINITY;
  // In turns, so that what else the machine does meets both; the fastest round of each counts.
  for (let round = 0; round < ROUNDS; round += 1) {
    whole = await faster(whole, () => {
      claims = prove(readEdiSync(bytes));
    });
    ours = await faster(ours, async () => {
      claims = await proveStreamed(chunks);
    });
    stream = await faster(stream, async () => {
      segments = await streamSegments(chunks);
    });
  }
  const text = bytes.toString("latin1");
  const objects = await faster(Number.POSITIVE_INFINITY, () => {
    new X12Parser().parse(text);
  });
  const speed = (ms: number) => `${(bytes.length / 1000 / ms).toFixed(1)} MB/s`;
  const of = `${Math.round(bytes.length / MEGABYTE)} MB, ${claims} claim payments`;
  return [
    {
      name: "typed 835 against objects of node-x12",
      ratio: objects / whole,
      target: OBJECTS_TARGET,
      detail: `${of}: in memory ${speed(whole)}, node-x12 parse ${speed(objects)}`,
    },
    {
      name: "typed 835 against segments of node-x12",
      ratio: stream / ours,
      target: STREAM_TARGET,
      detail: `${of}: streamed ${speed(ours)}, node-x12 stream of ${segments} segments ${speed(stream)}`,
    },
  ];
}

/** Proves all balances of every remittance that is read; the number of claim payments. */
function prove(events: Iterable<EdiEvent>): number {
  const proof = new Proof();
  for (const event of events) proof.take(event);
  return proof.claims;
}

async function proveStreamed(chunks: readonly Buffer[]): Promise<number> {
  const proof = new Proof();
  for await (const event of readEdi(chunks)) proof.take(event);
  return proof.claims;
}

class Proof {
  claims = 0;
  #payments: ClaimPayment[] = [];

  take(event: EdiEvent): void {
    if (event.kind === "loop") {
      const payment = readClaimPayment(event.loop, this.#payments.length + 1);
      if (proveClaim(payment).length > 0) throw new Error("a generated claim does not balance");
      this.#payments.push(payment);
    } else if (event.kind === "transactionSetEnd") {
      const remittance = readRemittance(event.root, this.#payments, event.set.ordinal);
      const { residualCents } = proveTransaction(remittance);
      if (residualCents !== 0 || !event.intact) throw new Error("a generated set does not balance");
      this.claims += this.#payments.length;
      this.#payments = [];
    }
  }
}

/**
 * The number of segments that node-x12 finds, read as its manual shows but without keeping them.
 */
async function streamSegments(chunks: readonly Buffer[]): Promise<number> {
  let segments = 0;
  const parser = Readable.from(chunks).pipe(new X12Parser());
  parser.on("data", () => {
    segments += 1;
  });
  await finished(parser);
  return segments;
}

function chunksOf(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    chunks.push(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return chunks;
}

/** Milliseconds of one round, or those of an earlier one that was faster. */
async function faster(best: number, run: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return Math.min(best, performance.now() - start);
}
