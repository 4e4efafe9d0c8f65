/** How an `$or` is read. */
import { expect } from "chai";
import type { Document } from "mongodb";
import { type OpenedStore, openedStore } from "./opened-store.ts";

describe("embedded store: $or", () => {
  let store: OpenedStore;

  before(async () => {
    store = await openedStore("unions");
    const c = store.db.collection("c");
    await c.createIndexes([{ key: { a: 1 } }, { key: { b: 1 } }, { key: { s: 1 } }]);
    await c.insertMany(
      Array.from({ length: 300 }, (_, a) => ({ a, b: a % 30, plain: a, s: a % 2 })),
    );
  });

  after(() => store.close());

  async function stageOf(filter: Document): Promise<string> {
    const { queryPlanner } = await store.db.command({
      explain: { find: "c", filter },
      verbosity: "queryPlanner",
    });
    return queryPlanner.winningPlan.stage;
  }

  it("gives each document once, however many branches it matches", async () => {
    const found = await store.db
      .collection("c")
      .find({ $or: [{ a: { $lt: 3 } }, { a: 1 }, { b: 1 }] })
      .sort({ a: 1 })
      .toArray();
    const expected = [0, 1, 2, ...Array.from({ length: 9 }, (_, i) => 31 + i * 30)];
    expect(found.map(({ a }) => a)).to.deep.equal(expected);
  });

  it("reads one index for each branch, and the collection where a branch has none", async () => {
    expect(await stageOf({ $or: [{ a: 1 }, { b: 2 }] })).to.equal("OR");
    expect(await stageOf({ $and: [{ $or: [{ a: 1 }, { $or: [{ b: 2 }] }] }] })).to.equal("OR");
    expect(await stageOf({ s: 1, $or: [{ a: 1 }, { b: 2 }] })).to.equal("OR");
    expect(await stageOf({ a: 1, $or: [{ s: 1 }, { plain: 2 }] })).to.equal("IXSCAN");
    expect(await stageOf({ $or: [{ a: 1 }, { plain: 2 }] })).to.equal("COLLSCAN");
  });
});
