import { expect } from "chai";
import type { Document } from "mongodb";
import { type OpenedStore, openedStore } from "./opened-store.ts";

/** What stands for a patient's data in these tests. */
const CANARY = "Canary-4711";

/** What of the inside no answer may tell: statements, files, frames of a stack. */
const INSIDE = /select |insert into|sqlite|\.ts\b|\.js\b|\bat .+:\d+|\/tmp\/|node_modules/i;

/** Commands that fail, each with the canary where data would stand. */
const FAILING: readonly Document[] = [
  { insert: "c", documents: [{ _id: CANARY }] },
  { insert: "c", documents: [{ _id: 2, ssn: CANARY }] },
  { insert: "c", documents: [{ _id: [CANARY] }] },
  { update: "c", updates: [{ q: { _id: 1 }, u: { $set: { _id: `${CANARY}1` } } }] },
  { update: "c", updates: [{ q: { _id: 3 }, u: { $set: { ssn: CANARY } }, upsert: true }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $inc: { ssn: 1 } } }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $inc: { n: CANARY } } }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $set: { "ssn.x": CANARY } } }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $push: { ssn: CANARY } } }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $pop: { ssn: CANARY } } }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $rename: { ssn: 5 } } }] },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $set: CANARY } }] },
  {
    update: "c",
    updates: [{ q: { $and: [{ z: CANARY }, { z: CANARY }] }, u: { $set: { v: 1 } }, upsert: true }],
  },
  { update: "c", updates: [{ q: { ssn: CANARY }, u: { $set: { "l.$": CANARY } } }] },
  {
    update: "c",
    updates: [
      { q: { ssn: CANARY }, u: { $set: { "l.$[X]": CANARY } }, arrayFilters: [{ X: CANARY }] },
    ],
  },
  { delete: "c", deletes: [{ q: { ssn: { $gt: CANARY, $frob: CANARY } }, limit: 0 }] },
  { findAndModify: "c", query: { _id: 3 }, update: { $set: { ssn: CANARY } }, upsert: true },
  { find: "c", filter: { ssn: { $regex: `(${CANARY}` } } },
  { find: "c", filter: { ssn: { $regex: CANARY, $options: CANARY } } },
  { find: "c", filter: { ssn: { $in: CANARY } } },
  { find: "c", filter: { ssn: { $in: [{ $gt: CANARY }] } } },
  { find: "c", filter: { ssn: { $type: CANARY } } },
  { find: "c", filter: { ssn: { $size: CANARY } } },
  { find: "c", filter: { ssn: { $mod: [CANARY, 1] } } },
  { find: "c", filter: { $or: [CANARY] } },
  { find: "c", filter: CANARY },
  { find: "c", filter: {}, sort: { a: CANARY } },
  { find: "c", filter: {}, limit: CANARY },
  { find: "c", filter: { $expr: { $add: ["$ssn", CANARY] } } },
  { aggregate: "c", pipeline: [{ $group: { _id: { $add: ["$ssn", 1] } } }], cursor: {} },
  { aggregate: "c", pipeline: [{ $project: { v: { $year: "$ssn" } } }], cursor: {} },
  { aggregate: "c", pipeline: [{ $limit: CANARY }], cursor: {} },
  { aggregate: "c", pipeline: [{ $replaceWith: "$ssn" }], cursor: {} },
  { aggregate: "c", pipeline: CANARY, cursor: {} },
  { distinct: "c", key: { k: CANARY } },
  { createIndexes: "c", indexes: [{ key: { k: 1 }, name: "k", unique: true }] },
  { createIndexes: "c", indexes: [{ key: { k: CANARY }, name: "k" }] },
  { getMore: CANARY, collection: "c" },
  { find: "c", filter: {}, readConcern: { level: CANARY } },
  { insert: "c", documents: [{ a: 1 }], writeConcern: { w: CANARY } },
];

describe("embedded store: errors", () => {
  let store: OpenedStore;

  before(async () => {
    store = await openedStore("errors");
    await store.db.collection("c").insertMany([
      { _id: CANARY as never, ssn: CANARY, k: CANARY, l: [CANARY] },
      { _id: 1 as never, k: CANARY },
    ]);
    await store.db
      .collection("c")
      .createIndexes([{ key: { ssn: 1 }, unique: true, sparse: true }, { key: { a: 1, b: 1 } }]);
  });
  after(() => store.close());

  for (const command of FAILING) {
    it(`tell neither data nor the inside of the store: ${JSON.stringify(command)}`, async () => {
      const failed: Document = await store.db.command(command).then(
        ({ writeErrors }) => writeErrors?.[0],
        (error: Document) => error,
      );
      expect(failed.code).to.be.a("number");
      expect(failed.code).to.not.equal(1);
      // The values of a duplicate key are where drivers expect them, and only there.
      const { keyValue: _values, ...told } = failed.errorResponse ?? failed;
      const text = `${failed.message ?? failed.errmsg} ${JSON.stringify(told)}`;
      expect(text).to.not.include(CANARY);
      expect(text).to.not.match(INSIDE);
    });
  }
});
