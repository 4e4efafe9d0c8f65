/**
 * Kill -9 under load: eight clients write, the store's process is killed, the next one opens the folder. Then what was
 * acknowledged must be there, once; what was not, wholly or not at all. `npm run soak` runs hundreds of rounds.
 */
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "bson";
import { expect } from "chai";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { type Dice, diceOf } from "./dice.ts";
import {
  ACCOUNTS,
  BALANCE,
  type Client,
  newClient,
  type Resent,
  sendAgain,
  workUntilKilled,
} from "./kill-clients.ts";
import { type RawClient, rawClient } from "./raw-client.ts";
import { killWhileStarting, type StoreProcess, startProcess } from "./store-process.ts";

const CLIENTS = 8;

/** What the rounds came to. */
export interface KillReport {
  rounds: number;
  acknowledged: number;
  /** Unanswered retryable writes and commits that were sent again after the kill. */
  readonly resent: Resent;
  killedWhileStarting: number;
}

interface Ground {
  readonly directory: string;
  readonly dice: Dice;
  readonly clients: readonly Client[];
}

async function ask(raw: RawClient, command: Document): Promise<Document> {
  const reply = await raw.send({ ...command, $db: "t" });
  if (reply.ok !== 1) throw new Error(`${JSON.stringify(command)}: ${reply.errmsg}`);
  return reply;
}

async function all(raw: RawClient, collection: string, sort: Document = {}): Promise<Document[]> {
  const find = { find: collection, filter: {}, sort, batchSize: 100_000, singleBatch: true };
  return (await ask(raw, find)).cursor.firstBatch;
}

async function furnish(raw: RawClient): Promise<void> {
  const indexes = [
    { name: "name_1", key: { name: 1 }, unique: true },
    { name: "g_1_name_-1", key: { g: 1, name: -1 } },
    { name: "tags_1", key: { tags: 1 } },
  ];
  await ask(raw, { createIndexes: "c", indexes });
  await ask(raw, { createIndexes: "loose", indexes: [{ name: "client_1", key: { client: 1 } }] });
  const documents = Array.from({ length: ACCOUNTS }, (_, _id) => ({
    _id,
    balance: BALANCE,
    count: 0,
  }));
  await ask(raw, { insert: "accounts", documents });
}

/** Names that may be there or not, because the command about them was never answered. */
function checkNames(clients: readonly Client[], found: readonly Document[]): void {
  const present = new Set(found.map((document) => document.name as string));
  expect(present.size, "no name twice").to.equal(found.length);
  const open = clients.flatMap((client) => client.open?.names ?? []);
  const certain = clients.flatMap((client) => [...client.names]);
  const undecided = new Set(open);
  const lost = certain.filter((name) => !present.has(name) && !undecided.has(name));
  expect(lost, "acknowledged inserts that are gone").to.deep.equal([]);
  const known = new Set(certain);
  const extra = [...present].filter((name) => !known.has(name) && !undecided.has(name));
  expect(extra, "acknowledged deletes that came back, or writes of nobody").to.deep.equal([]);
  for (const { open: command, names } of clients) {
    if (command?.kind !== "insert" && command?.kind !== "delete") continue;
    const there = command.names.filter((name) => present.has(name));
    expect(there.length, "one command is one commit").to.be.oneOf([0, command.names.length]);
    for (const name of command.names) names.delete(name);
    for (const name of there) names.add(name);
  }
}

function checkAccounts(clients: readonly Client[], accounts: readonly Document[]): void {
  const sum = accounts.reduce((total, { balance }) => total + balance, 0);
  expect(sum, "the sum of all balances").to.equal(ACCOUNTS * BALANCE);
  accounts.forEach(({ balance }, i) => {
    const moved = clients.reduce((total, client) => total + (client.moved[i] ?? 0), 0);
    expect(balance, `the balance of account ${i}`).to.equal(BALANCE + moved);
  });
  // A counter was raised by every command that was answered, and perhaps by those that were not.
  const counted = accounts.map((_, i) => clients.reduce((n, c) => n + (c.counted[i] ?? 0), 0));
  const open = clients.filter((client) => client.open?.kind === "count");
  const over = accounts.map(({ count }, i) => count - (counted[i] ?? 0));
  expect(Math.min(...over), "raised counters that fell back").to.be.at.least(0);
  const surplus = over.reduce((a, b) => a + b, 0);
  expect(surplus, "counters raised twice").to.be.at.most(open.length);
  const counts = clients[0]?.counted ?? [];
  over.forEach((n, i) => {
    counts[i] = (counts[i] ?? 0) + n; // what was done unanswered is certain now
  });
}

async function checkAll(raw: RawClient, { clients }: Ground): Promise<void> {
  checkNames(clients, await all(raw, "c"));
  checkAccounts(clients, await all(raw, "accounts", { _id: 1 }));
  const raised = await all(raw, "raised");
  const loose = await all(raw, "loose");
  for (const { id, raised: times, loose: left } of clients) {
    const counters = raised.filter(({ client }) => client === id);
    expect(counters.map(({ n }) => n)).to.deep.equal(times > 0 ? [times] : []);
    expect(loose.filter(({ client }) => client === id).length, `loose of ${id}`).to.equal(left);
  }
  for (const client of clients) client.open = null;
}

/** Checks a copy of the folder, so that the folder itself is recovered by the next process that opens it. */
function verifyCopy(directory: string, name: string): void {
  const copy = `${directory}-${name}`; // never twice: see Database.close
  mkdirSync(copy);
  for (const name of ["store.sqlite", "store.sqlite-wal"]) {
    if (existsSync(join(directory, name))) cpSync(join(directory, name), join(copy, name));
  }
  expect(verifyEmbedded({ directory: copy }).problems).to.deep.equal([]);
  rmSync(copy, { recursive: true });
}

async function round(ground: Ground, store: StoreProcess, report: KillReport): Promise<void> {
  const { clients, dice, directory } = ground;
  const connections = await Promise.all(clients.map(() => rawClient(store.uri)));
  const resending = clients.map((c, i) => sendAgain(connections[i] as RawClient, c, report.resent));
  await Promise.all(resending);
  await checkAll(connections[0] as RawClient, ground);
  const working = clients.map((c, i) => workUntilKilled(connections[i] as RawClient, c));
  const ended = Promise.all(working);
  await Promise.race([ended, pause(150 + dice.below(350))]);
  await store.kill();
  await ended;
  verifyCopy(directory, `copy-${report.rounds}`);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Runs rounds in a folder that is made and removed; throws on the first thing that is lost, doubled or untrue. */
export async function killRounds(
  directory: string,
  rounds: number,
  seed: number,
  progress?: (report: KillReport) => void,
): Promise<KillReport> {
  const dice = diceOf(seed);
  const clients = Array.from({ length: CLIENTS }, (_, i) => newClient(i, diceOf(seed + i + 1)));
  const ground = { directory, dice, clients };
  const report = {
    rounds: 0,
    acknowledged: 0,
    resent: { done: 0, notDone: 0 },
    killedWhileStarting: 0,
  };
  let store = await startProcess(directory);
  try {
    const raw = await rawClient(store.uri);
    await furnish(raw);
    raw.close();
    while (report.rounds < rounds) {
      await round(ground, store, report);
      report.rounds++;
      report.acknowledged = clients.reduce((sum, client) => sum + client.acknowledged, 0);
      progress?.(report);
      if (dice.chance(0.1)) {
        await killWhileStarting(directory, dice.below(400));
        report.killedWhileStarting++;
      }
      store = await startProcess(directory);
    }
    const last = await rawClient(store.uri);
    for (const client of clients) await sendAgain(last, client, report.resent);
    await checkAll(last, ground);
    last.close();
    return report;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`round ${report.rounds + 1}, seed ${seed}: ${what}`, { cause: error });
  } finally {
    await store.kill();
  }
}
