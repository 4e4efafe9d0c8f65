/** The embedded store through the unmodified driver, against its bare engine doing the same writes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BSON, ObjectId } from "bson";
import { type ClientSession, type Collection, type Document, MongoClient } from "mongodb";
import { startEmbedded } from "../src/platform/store/embedded/index.ts";
import { openWriter, type Tables } from "../src/platform/store/embedded/tables.ts";
import type { BenchResult } from "./result.ts";

const BATCH = 1000;
const ROUNDS = 3;
const SMOKE_DIVISOR = 10;
const PAD = "x".repeat(560);

let serial = 0;

function claim(): Document {
  const i = ++serial;
  return {
    _id: new ObjectId(),
    number: `CLM${String(i).padStart(9, "0")}`,
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

/** What one insert costs the engine at least: a row and four index keys. */
function rawInsert(tables: Tables, document: Document): void {
  const row = ++serial;
  tables.putDocument(1, row, Buffer.from(BSON.serialize(document)));
  const parts = [
    document._id,
    document.number,
    `${document.payer}${row}`,
    `${document.status}${row}`,
  ];
  parts.forEach((part, i) => {
    tables.putKey(Buffer.from(`${i}${String(part)}`), 1, row);
  });
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

const TASKS: readonly Task[] = [
  {
    name: "insertMany(1000), documents a second",
    target: 0.4,
    times: 15,
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
    target: 0.3,
    times: 600,
    writes: 1,
    store: (c) => c.insertOne(claim()),
    engine: (tables) => inCommit(tables, () => rawInsert(tables, claim())),
  },
  {
    name: "transaction of three writes, one client",
    target: 0.15,
    times: 200,
    writes: 1,
    store: (c, session) =>
      session.withTransaction(async () => {
        const first = claim();
        await c.insertOne(first, { session });
        await c.insertOne(claim(), { session });
        await c.updateOne({ number: first.number }, { $inc: { cents: 1 } }, { session });
      }),
    engine: (tables) =>
      inCommit(tables, () => {
        for (let i = 0; i < 3; i++) rawInsert(tables, claim());
      }),
  },
];

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

/** Rates of one round. */
interface Round {
  readonly store: number;
  readonly engine: number;
}

function resultOf({ name, target }: Task, rounds: readonly Round[]): BenchResult {
  const ratio = median(rounds.map(({ store, engine }) => store / engine));
  const [store, engine] = (["store", "engine"] as const).map((side) =>
    Math.round(median(rounds.map((round) => round[side]))),
  );
  const detail = `${store}/s through the driver, ${engine}/s by the engine alone`;
  return { name: `embedded store: ${name}`, ratio, target, detail };
}

/** Returns the store's write rates as ratios to those of its engine, measured in turns in one run. */
export async function embeddedStore(scale = { smoke: false }): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "cw-bench-"));
  const store = await startEmbedded({ directory: join(folder, "store") });
  const client = await new MongoClient(store.uri).connect();
  const session = client.startSession();
  const tables = openWriter(join(folder, "engine.sqlite"));
  try {
    const c = client.db().collection("claims");
    await c.createIndexes([
      { key: { number: 1 }, unique: true },
      { key: { payer: 1, serviceDate: 1 } },
      { key: { status: 1 } },
    ]);
    const results: BenchResult[] = [];
    for (const task of TASKS) {
      const times = Math.ceil(scale.smoke ? task.times / SMOKE_DIVISOR : task.times);
      const rounds: Round[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        const engine = await rate(times, task.writes, () => task.engine(tables));
        const store = await rate(times, task.writes, () => task.store(c, session));
        rounds.push({ store, engine });
      }
      results.push(resultOf(task, rounds));
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
