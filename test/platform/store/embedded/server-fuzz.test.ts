/**
 * The cases of the other fuzzes once more, through the driver: a few against the embedded store, and all of them
 * against the server of MONGODB_URI, whose answers must be those of the store's own matcher, sorter and updater.
 */
import { type Document, EJSON } from "bson";
import { expect } from "chai";
import {
  type AnyBulkWriteOperation,
  type Collection,
  type IndexDescription,
  MongoBulkWriteError,
} from "mongodb";
import { decode, encode, TYPED } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { MongoError } from "../../../../src/platform/store/embedded/errors.ts";
import { compileMatcher } from "../../../../src/platform/store/embedded/match.ts";
import { parseSort } from "../../../../src/platform/store/embedded/sort.ts";
import { compileUpdate } from "../../../../src/platform/store/embedded/update.ts";
import { isForeign, runStore } from "../run-store.ts";
import { TRIAL } from "../shape-record.ts";
import { diceOf, freshSeed } from "./dice.ts";
import { differenceFromScan } from "./full-scan.ts";
import type { OpenedStore } from "./opened-store.ts";
import { randomDocument, randomShape } from "./random-documents.ts";
import { indexedFilter, randomFilter, randomIndex, randomSort } from "./random-queries.ts";
import { type RandomUpdate, randomUpdate } from "./random-updates.ts";

const QUERIES = isForeign ? 30_000 : 1500;
const UPDATES = isForeign ? 30_000 : 1500;
const QUERIES_OF_COLLECTION = 300;
const DOCUMENTS = 50;
const AT_ONCE = 50;
const UPDATES_OF_BULK = 500;

interface Numbered extends Document {
  _id: number;
}

const asSent = (filter: Document): Document => decode(encode(filter));

/** Runs a bulk and returns the code of each statement that was refused. */
async function refusals(bulk: () => Promise<unknown>): Promise<Map<number, number>> {
  try {
    await bulk();
    return new Map();
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors = [error.writeErrors].flat();
    return new Map(errors.map(({ index, code }) => [index, Number(code)]));
  }
}

/** Returns a document as the update leaves it, or the code that refuses it; both as text. */
function updated(doc: Document, { filter, update, arrayFilters }: RandomUpdate): string {
  const raw = encode(doc);
  try {
    const sent = asSent(filter);
    const compiled = compileUpdate(encode(update), sent, arrayFilters.map(asSent));
    if (!compileMatcher(sent)(raw)) return typedText(raw);
    return typedText(compiled.apply(raw, false).raw);
  } catch (error) {
    if (error instanceof MongoError) return `refused with ${error.code}`;
    throw error;
  }
}

/** A document as text that tells number types and the order of fields. */
const typedText = (raw: Buffer): string => EJSON.stringify(decode(raw, TYPED), { relaxed: false });

describe("embedded store: by the driver", () => {
  let store: OpenedStore;

  before(async () => {
    store = await runStore("fuzz", { options: { appName: TRIAL } });
  });

  after(() => store.close());

  it(`answers ${QUERIES} random queries as full scans of the same documents do`, async function () {
    if (isForeign) this.timeout(600_000);
    const dice = diceOf(freshSeed(), 3);
    console.log(`      seed ${dice.seed}`);
    for (let done = 0; done < QUERIES; done += QUERIES_OF_COLLECTION) {
      const c: Collection<Document> = store.db.collection(`queries${done}`);
      const shape = randomShape(dice);
      const indexes = Array.from({ length: 5 }, () => randomIndex(dice));
      const specs = new Map(indexes.map((index) => [JSON.stringify(index.key), index]));
      await c.createIndexes(
        [...specs.values()].map(
          ({ key, ...rest }) => ({ ...rest, key: new Map(key) }) as IndexDescription,
        ),
      );
      const docs = Array.from({ length: DOCUMENTS }, (_, id) => randomDocument(dice, shape, id));
      const refused = await refusals(() => c.insertMany(docs, { ordered: false }));
      const raws = new Map(docs.map((doc, id) => [id, encode(doc)]));
      for (const id of refused.keys()) raws.delete(id);
      const ask = async (): Promise<void> => {
        const filter = dice.chance(0.5)
          ? indexedFilter(dice, dice.pick(indexes), shape.rare)
          : randomFilter(dice, shape.rare);
        const sort: Record<string, 1 | -1> = randomSort(dice);
        if (dice.chance(0.5)) sort._id ??= 1;
        const skip = dice.chance(0.2) ? dice.below(10) : 0;
        const limit = dice.chance(0.3) ? 1 + dice.below(20) : 0;
        const answer = await c.find(filter, { sort, skip, limit }).toArray();
        const found = answer.map(({ _id }) => raws.get(Number(_id)) as Buffer);
        const query = { filter: asSent(filter), sort: parseSort(sort), skip };
        const most = limit === 0 ? Number.POSITIVE_INFINITY : limit;
        const all = [...raws.values()];
        const difference = differenceFromScan(found, undefined, all, { ...query, limit: most });
        const shown = EJSON.stringify({ filter, sort, skip, limit });
        expect(difference, `FUZZ_SEED=${dice.seed}: ${shown}`).to.equal(null);
      };
      for (let i = 0; i < QUERIES_OF_COLLECTION; i += AT_ONCE) {
        await Promise.all(Array.from({ length: AT_ONCE }, ask));
      }
      await c.drop();
    }
  });

  it(`updates ${UPDATES} random documents as the updater alone does`, async function () {
    if (isForeign) this.timeout(600_000);
    const dice = diceOf(freshSeed(), 4);
    const c: Collection<Numbered> = store.db.collection("updates");
    for (let done = 0; done < UPDATES; done += UPDATES_OF_BULK) {
      const shape = randomShape(dice);
      const docs = Array.from(
        { length: UPDATES_OF_BULK },
        (_, i) => randomDocument(dice, shape, done + i) as Numbered,
      );
      await c.insertMany(docs);
      const updates = docs.map((doc): RandomUpdate => {
        const { filter, ...rest } = randomUpdate(dice, decode(encode(doc)), shape.rare);
        return { ...rest, filter: { _id: doc._id, ...filter } };
      });
      const operations = updates.map(
        ({ filter, update, arrayFilters }): AnyBulkWriteOperation<Numbered> => ({
          updateOne: {
            filter,
            update,
            ...(arrayFilters.length > 0 ? { arrayFilters: [...arrayFilters] } : {}),
          },
        }),
      );
      const codes = await refusals(() => c.bulkWrite(operations, { ordered: false }));
      const raws = await c
        .find({ _id: { $gte: done } }, { sort: { _id: 1 }, raw: true })
        .map((raw) => Buffer.from(raw as unknown as Uint8Array))
        .toArray();
      docs.forEach((doc, i) => {
        const code = codes.get(i);
        const answered = code === undefined ? typedText(raws[i] as Buffer) : `refused with ${code}`;
        const shown = EJSON.stringify([doc, updates[i]]);
        expect(answered, `FUZZ_SEED=${dice.seed}: ${shown}`).to.equal(
          updated(doc, updates[i] as RandomUpdate),
        );
      });
    }
  });
});
