/**
 * The embedded store over a folder of a million claims: how soon it answers, how much a scan of everything delays
 * other clients, and what it occupies at rest. Each result is allowed / measured, so that 1 is just good enough.
 * It runs compiled, as the program does: from source, most of the start is the compiler's.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Collection, type Document, MongoClient } from "mongodb";
import type { startEmbedded } from "../src/platform/store/embedded/index.ts";
import { compiledIndex } from "../test/platform/store/embedded/store-process.ts";
import { CLAIM_INDEXES, claim, median, numberOf } from "./embedded-store.ts";
import type { BenchResult } from "./result.ts";

const DOCUMENTS = 1_000_000;
const SMOKE_DOCUMENTS = 20_000;
const BATCH = 2000;
const START_MS = 300;
const DELAY_MS = 20;
const IDLE_MEGABYTES = 120;
const STARTS = 7;
const SCANS = 5;
const CLIENTS = 4;
/** How long clients are watched while nobody scans. */
const QUIET_MS = 3000;
const MEGABYTE = 1024 * 1024;

type Start = typeof startEmbedded;

async function fill(start: Start, directory: string, documents: number): Promise<void> {
  const store = await start({ directory });
  const client = await new MongoClient(store.uri).connect();
  const c = client.db().collection("claims");
  await c.createIndexes(CLAIM_INDEXES);
  for (let done = 0; done < documents; done += BATCH) {
    await c.insertMany(Array.from({ length: BATCH }, claim));
  }
  await client.close();
  await store.close();
}

/** Returns how long it takes from the start of the store to its first answer. */
async function startMs(start: Start, directory: string): Promise<number> {
  const begin = performance.now();
  const store = await start({ directory });
  const client = await new MongoClient(store.uri).connect();
  await client.db().command({ ping: 1 });
  const ms = performance.now() - begin;
  await client.close();
  await store.close();
  return ms;
}

/** Reads and writes single claims by several clients until it is told to stop; returns how long each took. */
function watched(c: Collection<Document>, documents: number) {
  const times: number[] = [];
  let stopped = false;
  const one = async (i: number): Promise<void> => {
    const number = numberOf(1 + ((i * 7919) % documents));
    if (i % 4 === 3) await c.insertOne({ ...claim(), probe: true });
    else await c.findOne({ number });
  };
  const clients = Array.from({ length: CLIENTS }, async (_, n) => {
    for (let i = n; !stopped; i += CLIENTS) {
      const begin = performance.now();
      await one(i);
      times.push(performance.now() - begin);
    }
  });
  return {
    stop: async (): Promise<number[]> => {
      stopped = true;
      await Promise.all(clients);
      return times;
    },
  };
}

function percentile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
}

const scan = (c: Collection<Document>): Promise<Document[]> =>
  c.aggregate([{ $group: { _id: "$payer", n: { $sum: 1 }, cents: { $sum: "$cents" } } }]).toArray();

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a scan did to the other clients: their 99th percentile while it ran, less that of the time before it. */
interface Delay {
  readonly p99: number;
  readonly quietP99: number;
  readonly scanMs: number;
}

async function delayOf(
  c: Collection<Document>,
  others: Collection<Document>,
  documents: number,
): Promise<Delay> {
  const quiet = watched(others, documents);
  await rest(QUIET_MS);
  const quietP99 = percentile(await quiet.stop(), 0.99);
  const busy = watched(others, documents);
  const begin = performance.now();
  const groups = await scan(c);
  const scanMs = performance.now() - begin;
  if (groups.length !== 50) throw new Error("the scan has not seen all payers");
  return { p99: percentile(await busy.stop(), 0.99), quietP99, scanMs };
}

function delayResult(name: string, delays: readonly Delay[]): BenchResult {
  const delay = median(delays.map(({ p99, quietP99 }) => p99 - quietP99));
  const [p99, quietP99, scanMs] = (["p99", "quietP99", "scanMs"] as const).map((field) =>
    median(delays.map((one) => one[field])).toFixed(1),
  );
  const detail = `p99 ${p99} ms during a scan of ${scanMs} ms, ${quietP99} ms before`;
  return {
    name: `embedded store, 1 M: ${name}`,
    ratio: DELAY_MS / Math.max(delay, 0.1),
    target: 1,
    detail,
  };
}

/** Prints the bytes that a process occupies with the driver and, when `store` is true, with the store. */
const IDLE_PROGRAM = `
  import { MongoClient } from "mongodb";
  const [index, directory, uri] = process.argv.slice(1);
  const store = uri === "" ? await (await import(index)).startEmbedded({ directory }) : null;
  const client = await new MongoClient(store ? store.uri : uri).connect();
  const c = client.db().collection("claims");
  for (let i = 1; i <= 200; i++) await c.findOne({ number: "CLM" + String(i * 97).padStart(9, "0") });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  console.log(process.memoryUsage.rss());
  await client.close();
  await store?.close();
`;

function idleBytes(index: string, directory: string, uri: string): number {
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", IDLE_PROGRAM, index, directory, uri],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  if (status !== 0) throw new Error("the idle process has failed");
  return Number(stdout);
}

async function idleResult(start: Start, index: string, directory: string): Promise<BenchResult> {
  const withStore = median([1, 2, 3].map(() => idleBytes(index, directory, "")));
  const { uri, close } = await start({ directory });
  const driver = median([1, 2, 3].map(() => idleBytes(index, directory, uri)));
  await close();
  const megabytes = (withStore - driver) / MEGABYTE;
  return {
    name: "embedded store, 1 M: idle memory",
    ratio: IDLE_MEGABYTES / megabytes,
    target: 1,
    detail: `${Math.round(megabytes)} MB over the driver's ${Math.round(driver / MEGABYTE)} MB`,
  };
}

async function startResult(start: Start, directory: string): Promise<BenchResult> {
  const all: number[] = [];
  for (let i = 0; i < STARTS; i++) all.push(await startMs(start, directory));
  const ms = median(all);
  const detail = `${ms.toFixed(0)} ms until the first answer, at most ${Math.max(...all).toFixed(0)}`;
  return { name: "embedded store, 1 M: start", ratio: START_MS / ms, target: 1, detail };
}

/** The reader worker starts with the first scan, so that one is told apart from those that follow. */
async function delayResults(
  start: Start,
  directory: string,
  documents: number,
): Promise<BenchResult[]> {
  const first: Delay[] = [];
  const later: Delay[] = [];
  for (let i = 0; i < SCANS; i++) {
    const { uri, close } = await start({ directory });
    const scanner = await new MongoClient(uri).connect();
    const client = await new MongoClient(uri).connect();
    const [c, others] = [scanner, client].map((one) => one.db().collection("claims")) as [
      Collection,
      Collection,
    ];
    first.push(await delayOf(c, others, documents));
    later.push(await delayOf(c, others, documents));
    await client.close();
    await scanner.close();
    await close();
  }
  return [delayResult("delay by the first scan", first), delayResult("delay by a scan", later)];
}

/** Returns the figures of a folder with a million documents; a smoke run makes fewer. */
export async function embeddedStoreMillion({ smoke }: { smoke: boolean }): Promise<BenchResult[]> {
  const documents = smoke ? SMOKE_DOCUMENTS : DOCUMENTS;
  const directory = mkdtempSync(join(tmpdir(), "cw-bench-"));
  const index = compiledIndex();
  const { startEmbedded: start } = (await import(index)) as { startEmbedded: Start };
  try {
    await fill(start, directory, documents);
    return [
      await startResult(start, directory),
      ...(await delayResults(start, directory, documents)),
      await idleResult(start, index, directory),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
