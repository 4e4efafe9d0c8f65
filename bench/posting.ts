/** How fast remittances post, durably and with audit and work items, against storing bare documents. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordAudit } from "../src/app/audit/audit.ts";
import type { Actor, App } from "../src/app/context.ts";
import { ingestFile } from "../src/app/exchange/ingest-file.ts";
import { newIds } from "../src/app/open-app.ts";
import { openStore, type Store } from "../src/platform/store/index.ts";
import type { AuditDraft } from "../src/trust/audit/index.ts";
import { open, type Place, seal } from "../src/trust/sealing/index.ts";
import { bigRemittance } from "../test/app/big-remittance.ts";
import { actorOf, appOn, fileOf } from "../test/app/practice.ts";
import { testKeys } from "../test/keys.ts";
import type { BenchResult } from "./result.ts";

/** Field encryption may cost a tenth of a posting. */
const SEALING_SHARE = 0.1;
/** What the audit events may cost of it. */
const AUDIT_SHARE = 0.15;
/** So many claim payments share a transaction. */
const AUDITED_AT_ONCE = 500;
const TARGET = 0.08;
const INSERTED_AT_ONCE = 1000;
const FILLING_BYTES = 666;

interface Scale {
  readonly rounds: number;
  readonly claims: number;
  readonly documents: number;
}

/**
 * Claim payments a second, ten of a hundred denied, in one file, on the embedded store, to documents of 1 kB a second
 * that insertMany stores there. The documents are those of the design's own measurement: some nested fields and four
 * indexes, as a record of this trade has them. The two sides take turns; the first round warms both up and does not
 * count; medians.
 */
export async function posting(scale: { smoke: boolean }): Promise<BenchResult[]> {
  const { rounds, claims, documents } = scale.smoke
    ? { rounds: 2, claims: 300, documents: 1000 }
    : { rounds: 4, claims: 5000, documents: 10_000 };
  const directory = mkdtempSync(join(tmpdir(), "cw-bench-"));
  const store = await openStore({ directory }, testKeys());
  try {
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const one = await run(store, { rounds, claims, documents }, round);
      if (round > 0) measured.push(one);
    }
    const rate = (side: keyof Round) => median(measured.map((one) => one[side]));
    return [
      {
        name: "post remittance",
        ratio: rate("posted") / rate("inserted"),
        target: TARGET,
        detail:
          `${claims} claim payments: ${Math.round(rate("posted"))} a second ` +
          `(registered ${Math.round(rate("registered"))} claims a second), ` +
          `insertMany ${Math.round(rate("inserted"))} documents a second`,
      },
      {
        name: "post remittance: sealing patient data",
        ratio: SEALING_SHARE / rate("sealing"),
        target: 1,
        detail: shareOf(rate("sealing"), SEALING_SHARE),
      },
      {
        name: "post remittance: audit",
        ratio: AUDIT_SHARE / rate("audit"),
        target: 1,
        detail: shareOf(rate("audit"), AUDIT_SHARE),
      },
    ];
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

function shareOf(share: number, most: number): string {
  return `${(share * 100).toFixed(1)} % of the time of a posting, at most ${most * 100} %`;
}

/** Rates of one round, a second. */
interface Round {
  readonly registered: number;
  readonly posted: number;
  readonly inserted: number;
  /** What opening and sealing takes of a posting's time. */
  readonly sealing: number;
  /** What the audit events take of it. */
  readonly audit: number;
}

async function run(store: Store, { claims, documents }: Scale, round: number): Promise<Round> {
  const app = appOn(
    store,
    newIds(() => Date.now()),
  );
  const actor = actorOf(`bench-${round}`);
  const big = bigRemittance(claims);
  const take = (text: string) => ingestFile(app, actor, fileOf(text), () => undefined);
  const registered = claims / (await secondsOf(() => take(big.claimFile)));
  const posted =
    claims /
    (await secondsOf(async () => {
      const { posted: count, paidCents } = await take(big.remittanceFile);
      if (count !== claims || paidCents !== big.paidCents) throw new Error("not all was posted");
    }));
  const sealing = (await secondsOfSealing(store, actor.practiceId)) / (claims / posted);
  const audit = (await secondsOfAudit(app, actor)) / (claims / posted);
  const inserted = documents / (await insertDocuments(store, documents));
  return { registered, posted, inserted, sealing, audit };
}

/** Seconds that it takes to record the audit events of the posting once more, as many at a time, each time durably. */
async function secondsOfAudit(app: App, actor: Actor): Promise<number> {
  const drafts: AuditDraft[] = [];
  for await (const event of app.store.practice(actor.practiceId).auditEvents.stream({})) {
    const { action, entity, patientId, purpose, outcome } = event;
    if (action !== "claim.post" && !action.startsWith("remittance.")) continue;
    const patient = patientId === undefined ? {} : { patientId };
    drafts.push({ action, entity, ...patient, purpose, outcome });
  }
  if (drafts.length === 0) throw new Error("the posting left no audit events");
  return secondsOf(async () => {
    for (let done = 0; done < drafts.length; done += AUDITED_AT_ONCE) {
      await recordAudit(app, actor, drafts.slice(done, done + AUDITED_AT_ONCE));
    }
  });
}

/** Seconds that it takes to open each claim, and to seal it and its decision, as a posting does. */
async function secondsOfSealing(store: Store, practiceId: string): Promise<number> {
  const { ring } = store.keys;
  const practice = store.practice(practiceId);
  const texts: { readonly text: string; readonly place: Place }[] = [];
  const place = (collection: string, id: string): Place => {
    return { collection, practiceId, id, field: "packed" };
  };
  for await (const { _id, claim, adjudications, timeline } of practice.claims.stream({})) {
    const text = JSON.stringify({ claim, adjudications, timeline });
    texts.push({ text, place: place("claims", _id) });
  }
  const claims = texts.map(({ text, place: where }) => seal(ring, text, where));
  for await (const { _id, payment, adjudication } of practice.adjudications.stream({})) {
    const text = JSON.stringify({ payment, adjudication });
    texts.push({ text, place: place("adjudications", _id) });
  }
  return secondsOf(async () => {
    claims.forEach((sealed, each) => {
      open(ring, sealed, (texts[each] as { place: Place }).place);
    });
    for (const { text, place: where } of texts) seal(ring, text, where);
  });
}

/** Seconds that insertMany takes for so many documents, their making not counted. */
async function insertDocuments(store: Store, documents: number): Promise<number> {
  const collection = store.connection.collection<{ _id: string }>("bench");
  await collection.createIndexes([
    { key: { number: 1 }, unique: true },
    { key: { payer: 1, serviceDate: 1 } },
    { key: { status: 1 } },
  ]);
  let seconds = 0;
  for (let done = 0; done < documents; done += INSERTED_AT_ONCE) {
    const some = Array.from({ length: INSERTED_AT_ONCE }, (_, each) => documentOf(done + each));
    seconds += await secondsOf(() => collection.insertMany(some));
  }
  await collection.drop();
  return seconds;
}

function documentOf(index: number) {
  const day = 86_400_000;
  return {
    _id: `document-${String(index).padStart(12, "0")}`,
    number: `B${String(index).padStart(9, "0")}`,
    payer: `PAYER${index % 50}`,
    status: ["new", "sent", "paid", "denied"][index % 4],
    serviceDate: new Date(Date.UTC(2026, 0, 1) + (index % 1500) * day),
    cents: (index * 37) % 100_000,
    patient: { first: "Ann", last: `Ample${index % 1000}`, birthDate: new Date(0), zip: "12345" },
    lines: [
      { procedure: "99213", units: 1, cents: 12_000 },
      { procedure: "85025", units: 2, cents: 900 },
    ],
    filling: "x".repeat(FILLING_BYTES),
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
