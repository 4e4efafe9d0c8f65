import { expect } from "chai";
import { type OpenedStore, openedStore } from "./opened-store.ts";

describe("embedded store: transactions and indexes", () => {
  let store: OpenedStore;

  before(async () => {
    store = await openedStore("transactions");
  });
  after(() => store.close());

  // MongoDB would let the index wait for the transaction.
  it("keeps an index that is built while a transaction is open out of that transaction", async () => {
    const c = store.db.collection("c");
    await c.insertMany([{ k: 1 }, { k: 2 }]);
    const session = store.client.startSession();
    session.startTransaction();
    expect(await c.countDocuments({ k: 1 }, { session })).to.equal(1);
    await c.createIndex({ k: 1 });
    expect(await c.find({ k: 1 }, { session }).toArray()).to.have.length(1);
    await session.abortTransaction();
    await session.endSession();
  });

  it("reads what was there when it began, also from a cursor that rests while others write", async () => {
    const c = store.db.collection<{ _id: number; n: number }>("resting");
    await c.insertMany(Array.from({ length: 30 }, (_, i) => ({ _id: i, n: 0 })));
    const session = store.client.startSession();
    session.startTransaction();
    const byIndex = c.find({ _id: { $gte: 0 } }, { session, batchSize: 4 });
    const byDocument = c.find({ n: 0 }, { session, batchSize: 4 });
    const read = [await byIndex.next(), await byDocument.next()];
    await c.updateMany({}, { $set: { n: 1 } });
    await c.deleteMany({ _id: { $gte: 20 } });
    await c.insertOne({ _id: 30, n: 0 });
    for (const cursor of [byIndex, byDocument]) read.push(...(await cursor.toArray()));
    const twice = Array.from({ length: 30 }, (_, i) => [
      { _id: i, n: 0 },
      { _id: i, n: 0 },
    ]).flat();
    expect(read.sort((a, b) => (a?._id ?? 0) - (b?._id ?? 0))).to.deep.equal(twice);
    expect(await c.countDocuments({ n: 1 }, { session })).to.equal(0);
    await session.abortTransaction();
    await session.endSession();
  });
});
