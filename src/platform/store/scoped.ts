import type { AnyBulkWriteOperation } from "mongodb";
import type { ClientSession, Model, PipelineStage, ProjectionType, SortOrder } from "mongoose";
import type { Stored } from "./documents.ts";
import type { Seal } from "./seal.ts";

/** A filter in MongoDB's language. The practice is added by the collection itself. */
export type Filter = Readonly<Record<string, unknown>>;

/** How a find is cut to size. */
export interface FindOptions {
  readonly session?: ClientSession | undefined;
  readonly sort?: Record<string, SortOrder>;
  readonly limit?: number;
  readonly projection?: ProjectionType<unknown>;
}

/**
 * One collection as one practice sees it. This is the only way to the data, so no query can go round the
 * practice: every filter is narrowed to it here and every new document is stamped with it.
 */
export class Scoped<T extends Stored> {
  protected readonly model: Model<T>;
  protected readonly practiceId: string;
  readonly #seal: Seal | undefined;

  /** `seal` packs and unpacks the fields that are stored sealed, where the collection has any. */
  constructor(model: Model<T>, practiceId: string, seal?: Seal) {
    if (typeof practiceId !== "string" || practiceId === "")
      throw new Error("a practice is required to reach its data");
    this.model = model;
    this.practiceId = practiceId;
    this.#seal = seal;
  }

  /** All that match, as plain objects. */
  async find(filter: Filter, options: FindOptions = {}): Promise<T[]> {
    const query = this.model.find(this.narrow(filter), options.projection ?? null);
    if (options.sort) query.sort(options.sort);
    if (options.limit) query.limit(options.limit);
    if (options.session) query.session(options.session);
    const found = (await query.lean().exec()) as T[];
    return this.#seal === undefined ? found : found.map((document) => this.#open(document));
  }

  /** The first that matches. */
  async findOne(filter: Filter, options: FindOptions = {}): Promise<T | undefined> {
    const [found] = await this.find(filter, { ...options, limit: 1 });
    return found;
  }

  /** All that match, one at a time, so that memory does not grow with their number. */
  async *stream(filter: Filter, options: FindOptions = {}): AsyncGenerator<T> {
    const query = this.model.find(this.narrow(filter), options.projection ?? null);
    if (options.sort) query.sort(options.sort);
    const cursor = query.lean().cursor({ batchSize: 500 });
    for await (const document of cursor) yield this.#open(document as T);
  }

  /** How many match. */
  async count(filter: Filter, session?: ClientSession): Promise<number> {
    return this.model.countDocuments(this.narrow(filter), session ? { session } : {}).exec();
  }

  /**
   * Documents as they are stored. Who has several lists to store makes the next one ready while the store is
   * at work on the one before.
   */
  ready(documents: readonly Omit<T, "practiceId">[]): Ready<T> {
    return new Ready(documents.map((document) => this.#stored(document)));
  }

  /** Stores new documents; all or, on a duplicate key, none of those behind it. */
  async insert(
    documents: readonly Omit<T, "practiceId">[] | Ready<T>,
    session?: ClientSession,
  ): Promise<void> {
    const { stored } = documents instanceof Ready ? documents : this.ready(documents);
    if (stored.length === 0) return;
    await this.model.collection.insertMany(stored as never, session ? { session } : {});
  }

  /**
   * Changes the first that matches; tells whether there was one. Where a sealed field is set, its whole document is put
   * in the place of the one that is read, which only a transaction keeps from being changed by others meanwhile.
   */
  async update(filter: Filter, change: Filter, session?: ClientSession): Promise<boolean> {
    const { $set, ...others } = change as { readonly $set?: Partial<T> };
    const isSealed = this.#seal?.fields.some((field) => Object.hasOwn($set ?? {}, field)) ?? false;
    if (isSealed && session !== undefined && Object.keys(others).length === 0) {
      const found = await this.findOne(filter, { session });
      return found !== undefined && this.exchange({ ...found, ...$set }, filter, session);
    }
    this.#assertOpen(change);
    const result = await this.model.collection.updateOne(
      this.narrow(filter) as never,
      change as never,
      session ? { session } : {},
    );
    return result.matchedCount === 1;
  }

  /** Changes all that match; tells how many. */
  async updateAll(filter: Filter, change: Filter, session?: ClientSession): Promise<number> {
    this.#assertOpen(change);
    const result = await this.model.collection.updateMany(
      this.narrow(filter) as never,
      change as never,
      session ? { session } : {},
    );
    return result.matchedCount;
  }

  /**
   * Puts documents in place of those with their ids, each only at the version that was read; throws when one
   * has moved on. Whole documents, because a store writes those faster than it works many fields in.
   */
  async replace(
    changes: readonly { readonly document: T; readonly version: number }[],
    session: ClientSession,
    ready = this.ready(changes.map(({ document }) => document)),
  ): Promise<void> {
    if (changes.length === 0) return;
    const operations = changes.map(({ document, version }, index) => ({
      replaceOne: {
        filter: { _id: document._id, practiceId: this.practiceId, version },
        replacement: { ...ready.stored[index], version: version + 1 },
      },
    }));
    const result = await this.model.collection.bulkWrite(
      operations as unknown as AnyBulkWriteOperation[] as never,
      { session, ordered: true },
    );
    if (result.matchedCount !== changes.length) throw new StaleDocument();
  }

  /** Puts a document in place of the one with its id, where that still matches; tells whether it did. */
  async exchange(
    document: Omit<T, "practiceId">,
    filter: Filter,
    session: ClientSession,
  ): Promise<boolean> {
    const { _id, ...replacement } = this.#stored(document);
    const result = await this.model.collection.replaceOne(
      this.narrow({ ...filter, _id }) as never,
      replacement as never,
      { session },
    );
    return result.matchedCount === 1;
  }

  /** Adds `by` to a counter and gives its new value; starts at zero. */
  async increment(id: string, by: number, session?: ClientSession): Promise<number> {
    const counter = await this.model.collection.findOneAndUpdate(
      { _id: `${this.practiceId}:${id}`, practiceId: this.practiceId } as never,
      { $inc: { value: by } } as never,
      { upsert: true, returnDocument: "after", ...(session ? { session } : {}) },
    );
    return (counter as unknown as { value: number }).value;
  }

  /** Runs an aggregation over this practice's documents. */
  async aggregate<R>(stages: readonly PipelineStage[]): Promise<R[]> {
    return this.model.aggregate<R>([{ $match: { practiceId: this.practiceId } }, ...stages]).exec();
  }

  /** A sealed field cannot be changed by itself: that is a programmer's error, not a silent nothing. */
  #assertOpen(change: Filter): void {
    const sealed = this.#seal?.fields ?? [];
    for (const part of Object.values(change)) {
      for (const path of Object.keys(part as object)) {
        const [field = ""] = path.split(".");
        if (sealed.includes(field)) throw new Error(`${field} is sealed: replace the document`);
      }
    }
  }

  /** The document as it is stored: stamped with the practice, what is patient data sealed. */
  #stored(document: object): Record<string, unknown> {
    const stored: Record<string, unknown> = { ...document, practiceId: this.practiceId };
    return this.#seal === undefined ? stored : this.#seal.close(stored);
  }

  #open(document: T): T {
    return this.#seal === undefined ? document : (this.#seal.open(document) as T);
  }

  protected narrow(filter: Filter): Record<string, unknown> {
    return { ...filter, practiceId: this.practiceId };
  }
}

/** A collection whose documents may go: never money or audit. */
export class Removable<T extends Stored> extends Scoped<T> {
  /** Removes all that match; tells how many. */
  async remove(filter: Filter, session?: ClientSession): Promise<number> {
    const result = await this.model.collection.deleteMany(
      this.narrow(filter) as never,
      session ? { session } : {},
    );
    return result.deletedCount;
  }
}

/** A collection whose documents go when newer ones take their place: code sets, counts, views. */
export class Renewable<T extends Stored> extends Removable<T> {
  /** Puts a document in place of the one with its id, or beside the others. */
  async put(document: Omit<T, "practiceId">, session?: ClientSession): Promise<void> {
    const { _id } = document as unknown as Stored;
    await this.model.collection.replaceOne(
      this.narrow({ _id }) as never,
      this.narrow(document as never) as never,
      { upsert: true, ...(session ? { session } : {}) },
    );
  }

  /** Adds to the sums of documents, each of which begins at zero; their ids are those of counters. */
  async add(
    changes: readonly { readonly id: string; readonly add: Readonly<Record<string, number>> }[],
    session: ClientSession,
  ): Promise<void> {
    if (changes.length === 0) return;
    const operations = changes.map(({ id, add }) => ({
      updateOne: {
        filter: this.narrow({ _id: `${this.practiceId}:${id}` }),
        update: { $inc: add },
        upsert: true,
      },
    }));
    await this.model.collection.bulkWrite(operations as never, { session, ordered: true });
  }
}

/** Documents of a practice as they are stored. */
export class Ready<T> {
  /** Tells apart those of different collections. */
  declare readonly of: T;
  readonly stored: readonly Record<string, unknown>[];

  constructor(stored: readonly Record<string, unknown>[]) {
    this.stored = stored;
  }
}

/** Another transaction has changed a document since it was read; the use case is run again from its reading. */
export class StaleDocument extends Error {
  constructor() {
    super("a document was changed by someone else");
    this.name = "StaleDocument";
  }
}
