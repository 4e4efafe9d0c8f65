import type { AnyBulkWriteOperation } from "mongodb";
import type { ClientSession, Model, PipelineStage, ProjectionType, SortOrder } from "mongoose";
import type { Stored } from "./documents.ts";

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
  readonly #practiceId: string;

  constructor(model: Model<T>, practiceId: string) {
    if (typeof practiceId !== "string" || practiceId === "")
      throw new Error("a practice is required to reach its data");
    this.model = model;
    this.#practiceId = practiceId;
  }

  /** All that match, as plain objects. */
  async find(filter: Filter, options: FindOptions = {}): Promise<T[]> {
    const query = this.model.find(this.narrow(filter), options.projection ?? null);
    if (options.sort) query.sort(options.sort);
    if (options.limit) query.limit(options.limit);
    if (options.session) query.session(options.session);
    return (await query.lean().exec()) as T[];
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
    for await (const document of cursor) yield document as T;
  }

  /** How many match. */
  async count(filter: Filter, session?: ClientSession): Promise<number> {
    return this.model.countDocuments(this.narrow(filter), session ? { session } : {}).exec();
  }

  /** Stores new documents; all or, on a duplicate key, none of those behind it. */
  async insert(
    documents: readonly Omit<T, "practiceId">[],
    session?: ClientSession,
  ): Promise<void> {
    if (documents.length === 0) return;
    const stamped = documents.map((document) => ({ ...document, practiceId: this.#practiceId }));
    await this.model.collection.insertMany(stamped as never, session ? { session } : {});
  }

  /** Changes the first that matches; tells whether there was one. */
  async update(filter: Filter, change: Filter, session?: ClientSession): Promise<boolean> {
    const result = await this.model.collection.updateOne(
      this.narrow(filter) as never,
      change as never,
      session ? { session } : {},
    );
    return result.matchedCount === 1;
  }

  /** Changes all that match; tells how many. */
  async updateAll(filter: Filter, change: Filter, session?: ClientSession): Promise<number> {
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
  ): Promise<void> {
    if (changes.length === 0) return;
    const operations = changes.map(({ document, version }) => ({
      replaceOne: {
        filter: { _id: document._id, practiceId: this.#practiceId, version },
        replacement: { ...document, practiceId: this.#practiceId, version: version + 1 },
      },
    }));
    const result = await this.model.collection.bulkWrite(
      operations as unknown as AnyBulkWriteOperation[] as never,
      { session, ordered: true },
    );
    if (result.matchedCount !== changes.length) throw new StaleDocument();
  }

  /** Adds `by` to a counter and gives its new value; starts at zero. */
  async increment(id: string, by: number, session?: ClientSession): Promise<number> {
    const counter = await this.model.collection.findOneAndUpdate(
      { _id: `${this.#practiceId}:${id}`, practiceId: this.#practiceId } as never,
      { $inc: { value: by } } as never,
      { upsert: true, returnDocument: "after", ...(session ? { session } : {}) },
    );
    return (counter as unknown as { value: number }).value;
  }

  /** Runs an aggregation over this practice's documents. */
  async aggregate<R>(stages: readonly PipelineStage[]): Promise<R[]> {
    return this.model
      .aggregate<R>([{ $match: { practiceId: this.#practiceId } }, ...stages])
      .exec();
  }

  protected narrow(filter: Filter): Record<string, unknown> {
    return { ...filter, practiceId: this.#practiceId };
  }
}

/** A collection whose documents may go when newer ones take their place: code sets, never money or audit. */
export class Renewable<T extends Stored> extends Scoped<T> {
  /** Removes all that match. */
  async remove(filter: Filter): Promise<void> {
    await this.model.collection.deleteMany(this.narrow(filter) as never);
  }

  /** Puts a document in place of the one with its id. */
  async put(document: Omit<T, "practiceId">): Promise<void> {
    const { _id } = document as unknown as Stored;
    const stamped = this.narrow(document as never);
    await this.model.collection.replaceOne({ _id } as never, stamped as never, { upsert: true });
  }
}

/** Another transaction has changed a document since it was read; the use case is run again from its reading. */
export class StaleDocument extends Error {
  constructor() {
    super("a document was changed by someone else");
    this.name = "StaleDocument";
  }
}
