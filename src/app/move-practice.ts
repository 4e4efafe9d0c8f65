import { Binary, EJSON } from "bson";
import { keyIdOf } from "../trust/sealing/index.ts";
import { recordAudit } from "./audit/audit.ts";
import type { Actor, App } from "./context.ts";
import { OperatingError } from "./errors.ts";
import { sumJournal } from "./posting/ledger.ts";

/** The collections that belong to a practice, and the code sets that it uses. Sessions and jobs stay behind. */
const MOVED = [
  "files",
  "encounters",
  "claims",
  "adjudications",
  "journal",
  "remittances",
  "deposits",
  "depositMatches",
  "parkedPayments",
  "workItems",
  "queueCounts",
  "queueViews",
  "batches",
  "acknowledgements",
  "legalHolds",
  "auditEvents",
  "auditHeads",
  "approvals",
  "practiceRules",
  "disclosures",
  "breakGlasses",
  "reviews",
  "counters",
  "settings",
  "users",
  "apiKeys",
] as const;

/** What was moved, by which both sides can be compared. */
export interface MoveReport {
  readonly documents: Readonly<Record<string, number>>;
  readonly trialBalance: Readonly<Record<string, number>>;
  readonly auditHead: { readonly sequence: number; readonly hash: string } | null;
}

interface Line {
  readonly collection: string;
  readonly document: {
    readonly _id: unknown;
    readonly practiceId?: unknown;
    readonly files_id?: unknown;
    readonly packed?: unknown;
  };
}

interface End {
  readonly end: Readonly<Record<string, unknown>>;
}

/** Writes everything of a practice as one line of extended JSON a document; `write` waits while its reader is slow. */
export async function exportPractice(
  app: App,
  actor: Actor,
  write: (line: string) => boolean,
  drain: () => Promise<unknown>,
): Promise<MoveReport> {
  const { db } = app.store.connection;
  if (db === undefined) throw new Error("the store is not open");
  const documents: Record<string, number> = {};
  await recordAudit(app, actor, moved("practice.export", actor));
  for (const [collection, filter] of sources(actor.practiceId)) {
    documents[collection] = 0;
    for await (const document of db.collection(collection).find(filter)) {
      documents[collection] += 1;
      const line = EJSON.stringify({ collection, document }, { relaxed: false });
      if (!write(`${line}\n`)) await drain();
    }
  }
  // The last line says what must have arrived, so that a cut file is noticed.
  write(`${JSON.stringify({ end: documents })}\n`);
  return report(app, actor, documents);
}

/** Every collection with the filter that finds what is the practice's in it. */
function sources(practiceId: string): [string, Record<string, unknown>][] {
  const ownBytes = { $gte: `${practiceId}:`, $lt: `${practiceId};` };
  return [
    ...MOVED.map((name): [string, Record<string, unknown>] => [name, { practiceId }]),
    ["codes", {}],
    ["fileBytes.files", { _id: ownBytes }],
    ["fileBytes.chunks", { files_id: ownBytes }],
  ];
}

const CHUNK = 500;

/** Stores what `exportPractice` wrote; refuses where the practice has anything yet. */
export async function importPractice(
  app: App,
  actor: Actor,
  lines: AsyncIterable<string>,
): Promise<MoveReport> {
  const { db } = app.store.connection;
  if (db === undefined) throw new Error("the store is not open");
  for (const [collection, filter] of sources(actor.practiceId)) {
    if ((await db.collection(collection).findOne(filter)) !== null) {
      throw new OperatingError("state", "The practice has data here already.");
    }
  }
  const documents: Record<string, number> = {};
  let end: End["end"] | undefined;
  let batch: Line[] = [];
  const flush = async () => {
    const [first] = batch;
    if (first === undefined) return;
    await db
      .collection(first.collection)
      .insertMany(batch.map(({ document }) => document as never));
    documents[first.collection] = (documents[first.collection] ?? 0) + batch.length;
    batch = [];
  };
  for await (const text of lines) {
    if (text === "") continue;
    const line = EJSON.parse(text, { relaxed: false }) as Line | End;
    if ("end" in line) {
      end = line.end;
      continue;
    }
    if (!belongs(line, actor.practiceId)) {
      throw new OperatingError("invalid", "A line is not of this practice's export.");
    }
    checkKey(app, line);
    if (batch.length >= CHUNK || (batch[0] && batch[0].collection !== line.collection))
      await flush();
    batch.push(line);
  }
  await flush();
  const all = Object.entries(end ?? {});
  if (end === undefined || all.some(([name, count]) => (documents[name] ?? 0) !== Number(count))) {
    throw new OperatingError("invalid", "The export is cut off; begin again in an empty store.");
  }
  const done = await report(app, actor, documents);
  await recordAudit(app, actor, moved("practice.import", actor));
  return done;
}

/** Whether a line is something that an export of this practice holds. */
function belongs({ collection, document }: Line, practiceId: string): boolean {
  if (!sources(practiceId).some(([name]) => name === collection)) return false;
  if (collection === "codes") return document.practiceId === "*";
  const owner = document.files_id ?? document._id;
  return collection.startsWith("fileBytes.")
    ? String(owner).startsWith(`${practiceId}:`)
    : document.practiceId === practiceId;
}

/** What is sealed stays sealed on the way; it can be taken in only where its key is. */
function checkKey(app: App, { document: { packed } }: Line): void {
  if (!(packed instanceof Binary)) return;
  const id = keyIdOf(packed.buffer);
  if (app.store.keys.having(id).keys.has(id)) return;
  throw new OperatingError("keys-unfit", `The export is sealed by the key ${id}.`);
}

function moved(action: string, { practiceId }: Actor) {
  return {
    action,
    entity: { type: "practice", id: practiceId },
    purpose: "operations" as const,
    outcome: "success" as const,
  };
}

async function report(
  app: App,
  actor: Actor,
  documents: Record<string, number>,
): Promise<MoveReport> {
  const head = await app.store
    .practice(actor.practiceId)
    .auditHeads.findOne({ _id: actor.practiceId });
  const { accounts } = await sumJournal(app, actor);
  return {
    documents,
    trialBalance: accounts,
    auditHead: head === undefined ? null : { sequence: head.sequence, hash: head.hash },
  };
}
