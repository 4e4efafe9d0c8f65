/** Practices to test in: a real store, a clock that stands, ids that count. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountsOf } from "../../src/app/claims/claim-projection.ts";
import { showClaim } from "../../src/app/claims/claims.ts";
import type { Actor, App } from "../../src/app/context.ts";
import type { Happening } from "../../src/app/events.ts";
import { ingestFile } from "../../src/app/exchange/ingest-file.ts";
import type { IngestSummary } from "../../src/app/exchange/ingest-summary.ts";
import { checkProjections } from "../../src/app/posting/rebuild.ts";
import { showRemittance } from "../../src/app/posting/remittances.ts";
import { CheckpointFile } from "../../src/platform/checkpoints/index.ts";
import { createLog } from "../../src/platform/log/index.ts";
import { openStore, type Store, type StoreLocation } from "../../src/platform/store/index.ts";
import { testKeys } from "../keys.ts";

/** The day of every test. */
export const TODAY = "2026-03-20";

/** Where a test file keeps its store: the server of MONGODB_URI under a name of its own, or a new folder. */
export function storePlace(): {
  readonly location: StoreLocation;
  clean(store?: Store): Promise<void>;
} {
  const given = process.env.MONGODB_URI;
  if (given !== undefined) {
    const uri = new URL(given);
    uri.pathname = `/cw_app_${randomBytes(6).toString("hex")}`;
    const clean = async (store?: Store) => {
      await store?.connection.dropDatabase();
    };
    return { location: { uri: uri.href }, clean };
  }
  const directory = mkdtempSync(join(tmpdir(), "cw-app-"));
  const clean = async () => rmSync(directory, { recursive: true, force: true });
  return { location: { directory }, clean };
}

/** Ids that sort in the order in which they were made, and tell runs of one store apart. */
export function countingIds(prefix = "id"): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${String(count).padStart(8, "0")}`;
  };
}

/** An application on a store, its clock standing at noon of TODAY. */
export function appOn(store: Store, newId: () => string): App {
  const log = createLog({ level: "silent" });
  const checkpoints = newCheckpoints();
  return { store, checkpoints, log, now: () => new Date(`${TODAY}T12:00:00Z`), newId };
}

const CHECKPOINTS = mkdtempSync(join(tmpdir(), "cw-checkpoints-"));
process.on("exit", () => rmSync(CHECKPOINTS, { recursive: true, force: true }));

/** A file of checkpoints that goes with the tests. */
export function newCheckpoints(): CheckpointFile {
  return new CheckpointFile(join(CHECKPOINTS, `${randomBytes(6).toString("hex")}.ndjson`));
}

/** The program itself, acting in a practice. */
export function actorOf(practiceId: string): Actor {
  const requestId = "00000000-0000-4000-8000-000000000000";
  return { id: "cli", kind: "system", roles: ["system"], practiceId, source: "cli", requestId };
}

/** What taking one file in came to: its summary, and all that was told on the way. */
export interface Ingested {
  readonly summary: IngestSummary;
  readonly told: readonly Happening[];
}

/** One practice with nothing in it yet, and the questions that tests ask of it. */
export class Practice {
  readonly app: App;
  readonly actor: Actor;

  constructor(app: App, practiceId: string) {
    this.app = app;
    this.actor = actorOf(practiceId);
  }

  get store() {
    return this.app.store.practice(this.actor.practiceId);
  }

  /** Takes a file in. */
  async ingest(text: string | Uint8Array, name = "file.edi"): Promise<Ingested> {
    const told: Happening[] = [];
    const summary = await ingestFile(this.app, this.actor, fileOf(text, name), (one) =>
      told.push(one),
    );
    return { summary, told };
  }

  claim(number: string) {
    return showClaim(this.app, this.actor, number);
  }

  remittance(trace: string) {
    return showRemittance(this.app, this.actor, trace);
  }

  /** The accounts of the ledger that are not zero, straight from the journal. */
  async accounts(): Promise<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const { lines } of await this.store.journal.find({})) {
      for (const { account, amountCents } of lines) {
        sums[account] = (sums[account] ?? 0) + amountCents;
      }
    }
    return Object.fromEntries(Object.entries(sums).filter(([, cents]) => cents !== 0));
  }

  /** Work items as `kind category amount status`, in the order in which they were opened. */
  async items(): Promise<string[]> {
    const items = await this.store.workItems.find({}, { sort: { _id: 1 } });
    return items.map(
      ({ kind, category, amountCents, status }) => `${kind} ${category} ${amountCents} ${status}`,
    );
  }

  /** What is parked, as `number reason unapplied`, in the order of the remittance. */
  async parked(): Promise<string[]> {
    const parked = await this.store.parkedPayments.find({ status: "parked" }, { sort: { _id: 1 } });
    return parked.map(
      ({ patientControlNumber, reason, unappliedCents }) =>
        `${patientControlNumber} ${reason} ${unappliedCents}`,
    );
  }

  /** How many audit events there are of each action. */
  async audited(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { action } of await this.store.auditEvents.find({})) {
      counts[action] = (counts[action] ?? 0) + 1;
    }
    return counts;
  }

  /** Claims whose projection or journal is not what the append-only records say. */
  async differences(): Promise<number> {
    const report = await checkProjections(this.app, this.actor, () => undefined);
    return report.differing + report.unledgered;
  }

  /** Claims and ledger, without ids and times: two practices in the same state say the same. */
  async state(): Promise<unknown> {
    const claims = await this.store.claims.find({}, { sort: { patientControlNumbers: 1 } });
    const items = await this.items();
    return {
      claims: claims.map((claim) => ({
        patientControlNumbers: claim.patientControlNumbers,
        totals: claim.totals,
        accounts: accountsOf(claim),
        status: claim.status,
        superseded: claim.superseded,
      })),
      accounts: await this.accounts(),
      parked: (await this.parked()).sort(),
      open: items.filter((item) => !item.endsWith(" resolved")).sort(),
    };
  }
}

/** Opens a store for the tests of a describe, and closes it after them; gives out fresh practices. */
export function practices(): () => Practice {
  let store: Store | undefined;
  const place: { now?: ReturnType<typeof storePlace> } = {};
  let app: App | undefined;
  let count = 0;
  before(async () => {
    place.now = storePlace();
    store = await openStore(place.now.location, testKeys());
    app = appOn(store, countingIds());
  });
  after(async () => {
    if (process.env.MONGODB_URI !== undefined) await place.now?.clean(store);
    await store?.close();
    if (process.env.MONGODB_URI === undefined) await place.now?.clean();
  });
  return () => {
    if (app === undefined) throw new Error("practices are given out while tests run");
    count += 1;
    return new Practice(app, `practice-${count}`);
  };
}

/** Text or bytes as a file that arrives. */
export function fileOf(content: string | Uint8Array, name = "file.edi") {
  const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : content;
  return {
    name,
    open: async function* () {
      yield bytes;
    },
  };
}
