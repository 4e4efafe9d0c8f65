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
});
