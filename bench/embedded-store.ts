/**
 * The embedded store through the unmodified driver, against its bare engine doing the same writes.
 *
 * The engine's side is a second file, opened as the store opens its own (WAL, every commit synced to the disk), with
 * the store's prepared statements and nothing else: no client, no protocol, no second thread, no look at what it
 * writes. It stores the same documents, encoded as the driver encodes them, with one key for each of the same four
 * indexes, in the same number of commits; what the store must ask before it writes (is the key free?) it does not ask.
 * The two take turns in short rounds, and the median of the rounds' ratios counts, for a busy machine slows the
 * store's threads more than the engine's one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BSON, ObjectId } from "bson";
import { type ClientSession, type Collection, type Document, MongoClient } from "mongodb";
import { startEmbedded } from "../src/platform/store/embedded/index.ts";
import { openWriter, type Tables } from "../src/platform/store/embedded/tables.ts";
import type { BenchResult } from "./result.ts";

const BATCH = 1000;
const ROUNDS = 9;
const SMOKE_ROUNDS = 2;
const SMOKE_DIVISOR = 10;
const PAD = "x".repeat(560);

let serial = 0;

/** A claim of about 850 bytes. */
export function claim(): Document {
  const i = ++serial;
  return {
    _id: new ObjectId(),
    number: numberOf(i),
    payer: `PAYER${i % 50}`,
    status: ["new", "sent", "paid", "denied"][i % 4],
    serviceDate: new Date(Date.UTC(2020, 0, 1 + (i % 1500))),
    cents: (i * 37) % 100_000,
    lines: [
      { code: "99213", units: 1, cents: 12_000 },
      { code: "85025", units: 2, cents: 900 },
    ],
    pad: PAD,
  };
}

/** The indexes of the claims beside that of `_id`. */
export const CLAIM_INDEXES = [
  { key: { number: 1 as const }, unique: true },
  { key: { payer: 1 as const, serviceDate: 1 as const } },
  { key: { status: 1 as const } },
];

/** Returns the number of the claim that was made as the n-th. */
export function numberOf(n: number): string {
  return `CLM${String(n).padStart(9, "0")}`;
}

const NUMBERS = 1;

/** What one insert costs the engine at least: a row and four index keys. */
function rawInsert(tables: Tables, document: Document): void {
  const row = ++serial;
  tables.putDocument(1, row, Buffer.from(BSON.serialize(document)));
  const { _id, number, payer, serviceDate, status } = document;
  const parts = [_id, number, `${payer}${Number(serviceDate)}${row}`, `${status}${row}`];
  parts.forEach((part, i) => {
    tables.putKey(rawKey(i, part), 1, row);
  });
}

function rawKey(index: number, part: unknown): Buffer {
  return Buffer.from(`${index}${String(part)}`);
}

/** What `$inc` of a claim that is found by its number costs at least: it is read, encoded and written. */
function rawUpdate(tables: Tables, number: string): void {
  const row = tables.getByKey(rawKey(NUMBERS, number));
  if (!row) throw new Error("the claim is not there");
  const document = BSON.deserialize(row.raw);
  document.cents += 1;
  tables.putDocument(1, row.rowId, Buffer.from(BSON.serialize(document)));
}

function inCommit(tables: Tables, work: () => void): void {
  tables.db.exec("BEGIN IMMEDIATE");
  work();
  tables.db.exec("COMMIT");
}

/** Returns how much was written in a second. */
async function rate(times: number, writes: number, work: () => unknown): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) await work();
  return (times * writes * 1000) / (performance.now() - start);
}

const claims = (n: number): Document[] => Array.from({ length: n }, claim);

interface Task {
  readonly name: string;
  readonly target: number;
  /** How often the work is done in a round, and how many writes that is each time. */
  readonly times: number;
  readonly writes: number;
  store(c: Collection, session: ClientSession): Promise<unknown>;
  engine(tables: Tables): void;
}

/** Claims that both sides hold from the start, by number, for transactions to change. */
const held: { readonly store: string[]; readonly engine: string[] } = { store: [], engine: [] };
let turn = 0;
const next = (numbers: readonly string[]): string => numbers[turn++ % numbers.length] as string;

const TASKS: readonly Task[] = [
  {
    name: "insertMany(1000), documents a second",
    target: 0.45,
    times: 5,
    writes: BATCH,
    store: (c) => c.insertMany(claims(BATCH)),
    engine: (tables) => {
      const documents = claims(BATCH);
      inCommit(tables, () => {
        for (const document of documents) rawInsert(tables, document);
      });
    },
  },
  {
    name: "single durable insert, one client",
    target: 0.25,
    times: 500,
    writes: 1,
    store: (c) => c.insertOne(claim()),
    engine: (tables) => inCommit(tables, () => rawInsert(tables, claim())),
  },
  {
    name: "transaction of three writes, one client",
    target: 0.2,
    times: 400,
    writes: 1,
    store: (c, session) =>
      session.withTransaction(async () => {
        await c.insertOne(claim(), { session });
        await c.insertOne(claim(), { session });
        await c.updateOne({ number: next(held.store) }, { $inc: { cents: 1 } }, { session });
      }),
    engine: (tables) =>
      inCommit(tables, () => {
        rawInsert(tables, claim());
        rawInsert(tables, claim());
        rawUpdate(tables, next(held.engine));
      }),
  },
];

/** Returns the middle value. */
export function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

/** Rates of one round. */
interface Round {
  readonly store: number;
  readonly engine: number;
}

function resultOf({ name, target }: Task, rounds: readonly Round[]): BenchResult {
  const ratios = rounds.map(({ store, engine }) => store / engine);
  const [store, engine] = (["store", "engine"] as const).map((side) =>
    Math.round(median(rounds.map((round) => round[side]))),
  );
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((r) => r.toFixed(2));
  const detail = `${store}/s through the driver, ${engine}/s by the engine alone, ratios ${least} to ${most}`;
  return { name: `embedded store: ${name}`, ratio: median(ratios), target, detail };
}

async function measure(
  task: Task,
  smoke: boolean,
  store: () => Promise<unknown>,
  engine: () => void,
): Promise<BenchResult> {
  const times = Math.ceil(smoke ? task.times / SMOKE_DIVISOR : task.times);
  const rounds: Round[] = [];
  for (let i = 0; i <= (smoke ? SMOKE_ROUNDS : ROUNDS); i++) {
    const round = {
      engine: await rate(times, task.writes, engine),
      store: await rate(times, task.writes, store),
    };
    if (i > 0) rounds.push(round); // the first warms both up
  }
  return resultOf(task, rounds);
}

/** Returns the store's write rates as ratios to those of its engine, measured in turns in one run. */
export async function embeddedStore({ smoke }: { smoke: boolean }): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "cw-bench-"));
  const store = await startEmbedded({ directory: join(folder, "store") });
  const client = await new MongoClient(store.uri).connect();
  const session = client.startSession();
  const tables = openWriter(join(folder, "engine.sqlite"));
  try {
    const c = client.db().collection("claims");
    await c.createIndexes(CLAIM_INDEXES);
    const [first, second] = [claims(BATCH), claims(BATCH)];
    await c.insertMany(first);
    inCommit(tables, () => {
      for (const document of second) rawInsert(tables, document);
    });
    held.store.push(...first.map(({ number }) => number));
    held.engine.push(...second.map(({ number }) => number));
    const results: BenchResult[] = [];
    for (const task of TASKS) {
      const byStore = () => task.store(c, session);
      results.push(await measure(task, smoke, byStore, () => task.engine(tables)));
    }
    return results;
  } finally {
    await session.endSession();
    await client.close();
    await store.close();
    tables.db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
