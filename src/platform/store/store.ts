import mongoose, { type ClientSession, type Connection, type Model, Schema } from "mongoose";
import type { Keys } from "../keys/index.ts";
import {
  COLLECTIONS,
  type CollectionName,
  type Index,
  REMOVABLE,
  SCHEMA_VERSION,
  SEALED,
} from "./collections.ts";
import type {
  AcknowledgementDoc,
  AdjudicationDoc,
  AuditEventDoc,
  AuditHeadDoc,
  BatchDoc,
  ClaimDoc,
  CodeDoc,
  CounterDoc,
  DepositDoc,
  DepositMatchDoc,
  EncounterDoc,
  FileDoc,
  JournalDoc,
  ParkedPaymentDoc,
  QueueCountDoc,
  QueueViewDoc,
  RemittanceDoc,
  SettingDoc,
  Stored,
  WorkItemDoc,
} from "./documents.ts";
import { startEmbedded } from "./embedded/index.ts";
import { FileBytes } from "./file-bytes.ts";
import type {
  ApprovalDoc,
  BreakGlassDoc,
  DisclosureDoc,
  PracticeRulesDoc,
  ReviewDoc,
} from "./governance-documents.ts";
import type { LegalHoldDoc } from "./legal-hold.ts";
import { proveKeys } from "./prove-keys.ts";
import { proveSealed, type SealedProof } from "./prove-sealed.ts";
import { type ResealProgress, reseal } from "./reseal.ts";
import { Removable, Renewable, Scoped, StaleDocument } from "./scoped.ts";
import { Seal } from "./seal.ts";

/** Every collection as one practice sees it. */
export interface PracticeStore {
  readonly practiceId: string;
  readonly files: Removable<FileDoc>;
  readonly encounters: Removable<EncounterDoc>;
  readonly claims: Scoped<ClaimDoc>;
  readonly adjudications: Scoped<AdjudicationDoc>;
  readonly journal: Scoped<JournalDoc>;
  readonly remittances: Scoped<RemittanceDoc>;
  readonly deposits: Scoped<DepositDoc>;
  readonly depositMatches: Scoped<DepositMatchDoc>;
  readonly parkedPayments: Scoped<ParkedPaymentDoc>;
  readonly workItems: Removable<WorkItemDoc>;
  readonly queueCounts: Renewable<QueueCountDoc>;
  readonly queueViews: Renewable<QueueViewDoc>;
  readonly batches: Scoped<BatchDoc>;
  readonly acknowledgements: Scoped<AcknowledgementDoc>;
  readonly legalHolds: Scoped<LegalHoldDoc>;
  readonly auditEvents: Scoped<AuditEventDoc>;
  readonly auditHeads: Scoped<AuditHeadDoc>;
  readonly approvals: Scoped<ApprovalDoc>;
  readonly practiceRules: Scoped<PracticeRulesDoc>;
  readonly disclosures: Scoped<DisclosureDoc>;
  readonly breakGlasses: Scoped<BreakGlassDoc>;
  readonly reviews: Scoped<ReviewDoc>;
  readonly counters: Scoped<CounterDoc>;
  readonly settings: Scoped<SettingDoc>;
}

/** Where the program remembers: MongoDB, or the embedded store that speaks its language. */
export interface Store {
  /** One plain line that says which store is in use and where. */
  readonly description: string;
  readonly connection: Connection;
  /** What seals patient data at rest. */
  readonly keys: Keys;
  readonly fileBytes: FileBytes;
  /** Seals by the current key whatever is not; tells how far it has come. */
  reseal(): AsyncGenerator<ResealProgress>;
  /** Opens everything that is sealed, of every practice, and counts what does not open. */
  proveSealed(): AsyncGenerator<SealedProof>;
  /** The data of one practice; there is no other way to it. */
  practice(practiceId: string): PracticeStore;
  /** Imported code sets, which belong to no practice. */
  readonly codes: Renewable<CodeDoc>;
  /** Runs the work in one transaction, one at a time in this process; again when another process was first. */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where to open the store: a MongoDB replica set by URI, or the embedded store's folder. */
export type StoreLocation = { readonly uri: string } | { readonly directory: string };

/** A store that is not fit for money: a standalone server without transactions. */
export class UnfitStore extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnfitStore";
  }
}

/** Opens the store and makes sure of its indexes, and that the keys are those of its data. UnfitKeys. */
export async function openStore(location: StoreLocation, keys: Keys): Promise<Store> {
  const embedded = "directory" in location ? await startEmbedded(location) : undefined;
  const uri = embedded?.uri ?? (location as { uri: string }).uri;
  let connection: Connection | undefined;
  try {
    connection = await connect(uri, embedded === undefined);
    await proveKeys(connection, keys);
    const models = defineModels(connection);
    await ensureIndexes(connection, models);
    const description =
      embedded === undefined
        ? `MongoDB at ${connection.host}, database ${connection.name}`
        : `Embedded store in ${(location as { directory: string }).directory}`;
    return makeStore(connection, keys, models, description, async () => embedded?.close());
  } catch (error) {
    await connection?.close();
    await embedded?.close();
    throw error;
  }
}

/** Money is acknowledged only when a majority has it in its journal (45 CFR 164.312(c)(1), integrity). */
const WRITE_CONCERN = { w: "majority", j: true } as const;

async function connect(uri: string, external: boolean): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    ...(external ? { writeConcern: WRITE_CONCERN } : {}),
    serverSelectionTimeoutMS: 10_000,
    ignoreUndefined: true,
    autoIndex: false,
    autoCreate: false,
  });
  await connection.asPromise();
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.setName === undefined && hello?.msg !== "isdbgrid") {
    await connection.close();
    throw new UnfitStore(
      "MONGODB_URI names a standalone server; Claimwright needs a replica set (see docker-compose.yml)",
    );
  }
  return connection;
}

type Models = Record<CollectionName, Model<Stored>>;

/** Values come typed from the core, so the schemas hold the envelope and let the content through as it is. */
function defineModels(connection: Connection): Models {
  const models: Partial<Models> = {};
  for (const name of Object.keys(COLLECTIONS) as CollectionName[]) {
    const schema = new Schema<Stored>(
      { _id: { type: String, required: true }, practiceId: { type: String, required: true } },
      { strict: false, versionKey: false, minimize: false, collection: name, strictQuery: false },
    );
    for (const [keys, options] of COLLECTIONS[name] as readonly [never, never?][]) {
      schema.index(keys, options);
    }
    models[name] = connection.model<Stored>(name, schema);
  }
  return models as Models;
}

async function ensureIndexes(connection: Connection, models: Models): Promise<void> {
  const meta = connection.collection<{ _id: string; version: number }>("meta");
  const known = await meta.findOne({ _id: "schema" });
  if (known?.version === SCHEMA_VERSION) return;
  // A transaction with snapshot reads may not make a collection, so all of them are made here.
  for (const [name, model] of Object.entries(models)) {
    await model.createCollection();
    if (known !== null) await model.cleanIndexes();
    const indexes = COLLECTIONS[name as CollectionName] as readonly Index[];
    const specifications = indexes.map(([key, options]) => ({ ...options, key }));
    // All of a collection at once: one command and one commit, not one an index.
    if (indexes.length > 0) await model.collection.createIndexes(specifications as never);
  }
  await meta.updateOne({ _id: "schema" }, { $set: { version: SCHEMA_VERSION } }, { upsert: true });
}

function makeStore(
  connection: Connection,
  keys: Keys,
  models: Models,
  description: string,
  closeServer: () => Promise<void>,
): Store {
  const fileBytes = new FileBytes(connection, keys);
  const practices = new Map<string, PracticeStore>();
  let tail: Promise<unknown> = Promise.resolve();
  return {
    description,
    connection,
    keys,
    fileBytes,
    reseal: () => reseal(connection, keys, fileBytes),
    proveSealed: () => proveSealed(connection, keys, fileBytes),
    codes: new Renewable(models.codes as unknown as Model<CodeDoc>, "*"),
    practice(practiceId) {
      let practice = practices.get(practiceId);
      if (practice === undefined) {
        practice = scopeAll(models, keys, practiceId);
        practices.set(practiceId, practice);
      }
      return practice;
    },
    transaction(work) {
      const run = tail.then(() => retryStale(() => runTransaction(connection, work)));
      tail = run.catch(() => undefined);
      return run;
    },
    async close() {
      await tail;
      await connection.close();
      await closeServer();
    },
  };
}

/** What may be removed and put anew. */
const RENEWABLE: ReadonlySet<CollectionName> = new Set(["queueCounts", "queueViews"] as const);

function repositoryOf(name: CollectionName) {
  if (RENEWABLE.has(name)) return Renewable;
  return REMOVABLE.has(name) ? Removable : Scoped;
}

function scopeAll(models: Models, keys: Keys, practiceId: string): PracticeStore {
  const names = (Object.keys(models) as CollectionName[]).filter((name) => name !== "codes");
  const scoped = names.map((name) => {
    const fields = SEALED[name];
    const seal = fields && new Seal(keys, name, fields);
    const Repository = repositoryOf(name);
    return [name, new Repository(models[name], practiceId, seal)] as const;
  });
  return { practiceId, ...Object.fromEntries(scoped) } as unknown as PracticeStore;
}

const MOST_TRIES = 5;

const DUPLICATE_KEY = 11000;

/**
 * All of it is done again, from its reading on, when a document has moved on since it was read, and when another
 * process has meanwhile stored a document of the same key, which the transaction did not see.
 */
async function retryStale<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!isOvertaken(error) || tries === MOST_TRIES) throw error;
    }
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof StaleDocument || (error as { code?: unknown }).code === DUPLICATE_KEY;
}

async function runTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.startSession();
  try {
    return (await session.withTransaction(() => work(session), {
      readConcern: { level: "snapshot" },
      writeConcern: WRITE_CONCERN,
    })) as T;
  } finally {
    await session.endSession();
  }
}
