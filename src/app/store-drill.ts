import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { openStore, type SealedProof } from "../platform/store/index.ts";
import { verifyChain } from "../trust/audit/index.ts";
import { auditHead, eventAt, eventsUpTo, recordAudit } from "./audit/audit.ts";
import { keptCheckpoints } from "./audit/sign-head.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";
import { sumJournal } from "./posting/ledger.ts";
import { checkProjections } from "./posting/rebuild.ts";
import { restoreStore } from "./store-upkeep.ts";

/** What a restore drill proved, and what differs. */
export interface DrillReport {
  /** SHA-256, hexadecimal, of the backup's bytes. */
  readonly backup: string;
  readonly ok: boolean;
  /** In words, without patient data; empty where all is proved. */
  readonly differences: readonly string[];
  /** Absent where the backup cannot be restored at all. */
  readonly proof?: Proof;
}

/** What is in the restored store, as it was found there. */
interface Proof {
  /** Documents and index keys of all practices, read and checked. */
  readonly documents: number;
  readonly keys: number;
  /** Of the practice, by collection. */
  readonly counts: Readonly<Record<string, number>>;
  /** In cents, debits positive. */
  readonly trialBalance: Readonly<Record<string, number>>;
  readonly totalCents: number;
  /** Held against their journal and decisions; null where something sealed does not open. */
  readonly claims: number | null;
  readonly audit: {
    readonly events: number;
    readonly hash: string;
    /** Signed checkpoints that the chain was held against, and the last event that one vouches for. */
    readonly checkpoints: number;
    readonly vouched: number;
    /** Events that the practice has recorded since: what a restore would lose. */
    readonly since: number;
  };
  readonly sealed: readonly SealedProof[];
  /** Journal entries found unchanged in the store at hand; null where that has nothing of the practice. */
  readonly entriesAtHand: number | null;
}

/**
 * Restores a backup into a fresh folder beside it, proves there that it is whole, and removes the folder: file and
 * indexes, counts, a trial balance of zero, claims equal to their journal, the audit chain against signed checkpoints
 * and the chain at hand, and that the keys at hand open every sealed field and file (45 CFR 164.308(a)(7)(ii)(D)). On
 * record in the practice's trail, whatever it finds. `file-unreadable` where there is no such file.
 */
export async function drillRestore(app: App, actor: Actor, file: string): Promise<DrillReport> {
  const backup = await digestOf(file);
  const differences: string[] = [];
  const folder = await mkdtemp(`${file}.drill-`);
  let proof: Proof | undefined;
  try {
    proof = await proveRestored(app, actor, file, `${folder}/data`, differences);
  } catch (error) {
    if (!(error instanceof OperatingError)) throw error;
    differences.push(error.message);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const ok = differences.length === 0;
  const audit = proof?.audit ?? { events: 0, hash: "", vouched: 0 };
  await recordAudit(app, actor, {
    action: "store.drill",
    entity: { type: "backup", id: backup },
    purpose: "operations",
    outcome: ok ? "success" : "failure",
    detail: { events: audit.events, hash: audit.hash, vouched: audit.vouched, differences },
  });
  return { backup, ok, differences, ...(proof === undefined ? {} : { proof }) };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new OperatingError("file-unreadable", "There is no such file.", { cause: error });
  }
  return hash.digest("hex");
}

async function proveRestored(
  here: App,
  actor: Actor,
  file: string,
  directory: string,
  differences: string[],
): Promise<Proof> {
  const { keys } = here.store;
  const { documents, keys: indexKeys } = await restoreStore(file, directory, keys);
  const store = await openStore({ directory }, keys);
  try {
    const there = { ...here, store };
    const { accounts, totalCents } = await sumJournal(there, actor);
    if (totalCents !== 0) differences.push(`The trial balance is off by ${totalCents} cents.`);
    const sealed: SealedProof[] = [];
    for await (const proof of store.proveSealed()) {
      sealed.push(proof);
      if (proof.unopened === 0) continue;
      differences.push(`${proof.unopened} of ${proof.sealed} in ${proof.collection} do not open.`);
    }
    const isReadable = sealed.every(({ unopened }) => unopened === 0);
    return {
      documents,
      keys: indexKeys,
      counts: await countsOf(there, actor),
      trialBalance: accounts,
      totalCents,
      claims: isReadable ? await proveClaims(there, actor, differences) : null,
      audit: await proveTrail(here, there, actor, differences),
      sealed,
      entriesAtHand: await proveEntries(here, there, actor, differences),
    };
  } finally {
    await store.close();
  }
}

async function countsOf({ store }: App, { practiceId }: Actor): Promise<Record<string, number>> {
  const { practiceId: _practice, ...collections } = store.practice(practiceId);
  const counts: Record<string, number> = {};
  for (const [name, collection] of Object.entries(collections)) {
    counts[name] = await collection.count({});
  }
  return counts;
}

async function proveClaims(there: App, actor: Actor, differences: string[]): Promise<number> {
  const report = await checkProjections(there, actor, () => undefined);
  const bad = report.differing + report.unledgered;
  if (bad > 0) differences.push(`${bad} claims differ from their journal and decisions.`);
  return report.claims;
}

/** Holds the restored chain against what was signed up to its end, and its end against the chain at hand. */
async function proveTrail(
  here: App,
  there: App,
  actor: Actor,
  differences: string[],
): Promise<Proof["audit"]> {
  const head = await auditHead(there, actor);
  const { signed } = await keptCheckpoints(here, actor.practiceId);
  const known = signed.filter(({ sequence }) => sequence <= head.sequence);
  const chain = await verifyChain(eventsUpTo(there, actor, head), head, known);
  if (chain.firstBad !== undefined) {
    const { sequence, reason } = chain.firstBad;
    differences.push(`The audit chain breaks at event ${sequence}: ${reason}.`);
  }
  const atHand = await auditHead(here, actor);
  const same = await eventAt(here, actor, head.sequence);
  if (atHand.sequence > 0 && head.sequence > 0 && same?.hash !== head.hash) {
    differences.push(`The audit trail at hand is another one at event ${head.sequence}.`);
  }
  return {
    events: head.sequence,
    hash: head.hash,
    checkpoints: known.length,
    vouched: known.reduce((most, { sequence }) => Math.max(most, sequence), 0),
    since: Math.max(0, atHand.sequence - head.sequence),
  };
}

/** Journal entries compared in one question. */
const CHUNK = 500;

/** Entries are never changed or deleted: each of the backup stands at hand as it is there. */
async function proveEntries(
  here: App,
  there: App,
  actor: Actor,
  differences: string[],
): Promise<number | null> {
  if ((await auditHead(here, actor)).sequence === 0) return null;
  const { journal } = here.store.practice(actor.practiceId);
  let equal = 0;
  let differing = 0;
  let some: object[] = [];
  const compare = async () => {
    const ids = some.map((entry) => (entry as { _id: string })._id);
    const found = await journal.find({ _id: { $in: ids } });
    const known = new Map(found.map((entry) => [entry._id, entry]));
    for (const [index, id] of ids.entries()) {
      if (isDeepStrictEqual(known.get(id), some[index])) equal += 1;
      else differing += 1;
    }
    some = [];
  };
  for await (const entry of there.store.practice(actor.practiceId).journal.stream({})) {
    some.push(entry);
    if (some.length >= CHUNK) await compare();
  }
  if (some.length > 0) await compare();
  if (differing > 0) differences.push(`${differing} journal entries differ from those at hand.`);
  return equal;
}
