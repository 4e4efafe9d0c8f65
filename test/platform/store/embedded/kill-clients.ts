/** What clients do to a store that will be killed, and what each knows of it: what was answered, and what was not. */
import { type Document, Long, UUID } from "bson";
import type { Dice } from "./dice.ts";
import { Disconnected, type RawClient } from "./raw-client.ts";

/** Accounts between which the clients transfer; each begins with this balance. */
export const ACCOUNTS = 10;
export const BALANCE = 1000;
/** Names that one client keeps at most; above, it deletes. */
const MOST_NAMES = 150;
const WRITE_CONFLICT = 112;
const NO_SUCH_TRANSACTION = 251;

/** One client and all that it knows for certain. */
export interface Client {
  readonly id: number;
  readonly dice: Dice;
  readonly session: { readonly id: UUID };
  txnNumber: number;
  /** Names that were inserted and not deleted. */
  readonly names: Set<string>;
  /** Documents without a key that retryable inserts have made and retryable deletes have not taken. */
  loose: number;
  /** How often the client's own counter was raised. */
  raised: number;
  /** What its transfers have moved, by account. */
  readonly moved: number[];
  /** How often it has raised the common counters, by account. */
  readonly counted: number[];
  /** Its last retryable write with the answer. */
  last: Answered | null;
  /** What was sent and not answered when the store was killed. */
  open: Open | null;
  acknowledged: number;
  nextName: number;
}

interface Answered {
  readonly command: Document;
  readonly reply: Document;
}

/** A command on its way: what is known once it is certain that it was done. */
interface Open {
  readonly kind: "insert" | "delete" | "count" | "retryable" | "transfer";
  readonly command: Document;
  /** Names that an insert or delete is about. */
  readonly names: readonly string[];
  done(): void;
}

/** How unanswered retryable commands ended that were sent again. */
export interface Resent {
  done: number;
  notDone: number;
}

/** Returns a client that has done nothing yet. */
export function newClient(id: number, dice: Dice): Client {
  return {
    id,
    dice,
    session: { id: new UUID() },
    txnNumber: 0,
    names: new Set(),
    loose: 0,
    raised: 0,
    moved: Array.from({ length: ACCOUNTS }, () => 0),
    counted: Array.from({ length: ACCOUNTS }, () => 0),
    last: null,
    open: null,
    acknowledged: 0,
    nextName: 0,
  };
}

function fail(command: Document, reply: Document): never {
  throw new Error(`${JSON.stringify(command)} was answered ${JSON.stringify(reply)}`);
}

function expectDone(command: Document, reply: Document): void {
  if (reply.ok !== 1 || reply.writeErrors) fail(command, reply);
}

/** Sends a command; what it does is certain when it is answered, and open while it is not. */
async function send(raw: RawClient, client: Client, open: Open): Promise<Document> {
  client.open = open;
  const reply = await raw.send(open.command);
  expectDone(open.command, reply);
  client.open = null;
  client.acknowledged++;
  open.done();
  return reply;
}

function documentOf(client: Client, name: string): Document {
  const n = client.nextName;
  return { name, g: n % 5, tags: [`a${n % 3}`, `b${n % 7}`], pad: "x".repeat(300) };
}

async function insert(raw: RawClient, client: Client): Promise<void> {
  const size = client.dice.chance(0.2) ? 10 : 1;
  const names = Array.from({ length: size }, () => `${client.id}-${++client.nextName}`);
  const documents = names.map((name) => documentOf(client, name));
  const command = { insert: "c", documents, $db: "t" };
  const done = () => {
    for (const name of names) client.names.add(name);
  };
  await send(raw, client, { kind: "insert", command, names, done });
}

async function remove(raw: RawClient, client: Client): Promise<void> {
  const size = client.names.size > MOST_NAMES ? 40 : 1;
  const names = [...client.names].slice(0, size);
  const deletes = [{ q: { name: { $in: names } }, limit: 0 }];
  const done = () => {
    for (const name of names) client.names.delete(name);
  };
  await send(raw, client, {
    kind: "delete",
    command: { delete: "c", deletes, $db: "t" },
    names,
    done,
  });
}

async function count(raw: RawClient, client: Client): Promise<void> {
  const account = client.dice.below(ACCOUNTS);
  const updates = [{ q: { _id: account }, u: { $inc: { count: 1 } } }];
  const done = () => {
    client.counted[account] = (client.counted[account] ?? 0) + 1;
  };
  await send(raw, client, {
    kind: "count",
    command: { update: "accounts", updates, $db: "t" },
    names: [],
    done,
  });
}

function retryableCommand(client: Client): { command: Document; done: () => void } {
  const dice = client.dice.below(3);
  const who = { client: client.id };
  if (dice === 0) {
    const updates = [{ q: who, u: { $inc: { n: 1 } }, upsert: true }];
    const done = () => {
      client.raised++;
    };
    return { command: { update: "raised", updates }, done };
  }
  if (dice === 1 || client.loose === 0) {
    const done = () => {
      client.loose++;
    };
    return { command: { insert: "loose", documents: [who] }, done };
  }
  const done = () => {
    client.loose--;
  };
  return { command: { findAndModify: "loose", query: who, remove: true }, done };
}

async function retryable(raw: RawClient, client: Client): Promise<void> {
  const { command, done } = retryableCommand(client);
  const txnNumber = Long.fromNumber(++client.txnNumber);
  const numbered = { ...command, lsid: client.session, txnNumber, $db: "t" };
  const reply = await send(raw, client, { kind: "retryable", command: numbered, names: [], done });
  client.last = { command: numbered, reply };
  if (client.dice.chance(0.2)) await expectSame(raw, client.last);
}

/** A write that was answered is answered the same when it is asked for again, and not done again. */
async function expectSame(raw: RawClient, { command, reply }: Answered): Promise<void> {
  const again = await raw.send(command);
  if (JSON.stringify(again) !== JSON.stringify(reply)) fail(command, again);
}

/** Moves money in a transaction; one that loses to another is given up. */
async function transfer(raw: RawClient, client: Client): Promise<void> {
  const from = client.dice.below(ACCOUNTS);
  const to = (from + 1 + client.dice.below(ACCOUNTS - 1)) % ACCOUNTS;
  const cents = 1 + client.dice.below(20);
  const transaction = {
    lsid: client.session,
    txnNumber: Long.fromNumber(++client.txnNumber),
    autocommit: false,
  };
  const name = `${client.id}-${++client.nextName}`;
  const take = { q: { _id: from }, u: { $inc: { balance: -cents } } };
  const give = { q: { _id: to }, u: { $inc: { balance: cents } } };
  const steps = [
    { update: "accounts", updates: [take], startTransaction: true },
    { insert: "c", documents: [documentOf(client, name)] },
    { update: "accounts", updates: [give] },
  ];
  for (const step of steps) {
    const reply = await raw.send({ ...step, ...transaction, $db: "t" });
    if (reply.ok === 0 && reply.code === WRITE_CONFLICT) return;
    expectDone(step, reply);
  }
  const command = { commitTransaction: 1, ...transaction, $db: "admin" };
  const done = () => {
    client.moved[from] = (client.moved[from] ?? 0) - cents;
    client.moved[to] = (client.moved[to] ?? 0) + cents;
    client.names.add(name);
  };
  const reply = await send(raw, client, { kind: "transfer", command, names: [name], done });
  client.last = { command, reply };
}

/** Works until the connection ends. */
export async function workUntilKilled(raw: RawClient, client: Client): Promise<void> {
  try {
    for (;;) {
      const dice = client.dice.below(100);
      if (client.names.size > MOST_NAMES || dice < 15) await remove(raw, client);
      else if (dice < 45) await insert(raw, client);
      else if (dice < 60) await count(raw, client);
      else if (dice < 75) await transfer(raw, client);
      else await retryable(raw, client);
    }
  } catch (error) {
    if (!(error instanceof Disconnected)) throw error;
  }
}

/** Sends what was not answered again, where that has a meaning, and then what was answered last. */
export async function sendAgain(raw: RawClient, client: Client, resent: Resent): Promise<void> {
  const { open } = client;
  if (open?.kind === "retryable" || open?.kind === "transfer") {
    const reply = await raw.send(open.command);
    client.open = null;
    if (open.kind === "transfer" && reply.code === NO_SUCH_TRANSACTION) resent.notDone++;
    else {
      expectDone(open.command, reply);
      resent.done++;
      open.done();
      client.last = { command: open.command, reply };
    }
  }
  if (client.last) await expectSame(raw, client.last);
}
