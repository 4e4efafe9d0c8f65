import { expect } from "chai";
import { expectCode, type OpenedStore, openedStore } from "./opened-store.ts";

/** More documents than the first worker reads by itself. */
const MANY = 3000;

describe("embedded store: the second worker", () => {
  let store: OpenedStore;

  before(async () => {
    store = await openedStore("reader");
    const documents = Array.from({ length: MANY }, (_, n) => ({
      g: n % 3,
      n,
      pad: "x".repeat(99),
    }));
    await store.db.collection("many").insertMany(documents);
  });
  after(() => store.close());

  it("aggregates, counts and sorts what was written a moment ago", async () => {
    const many = store.db.collection("many");
    const pipeline = [{ $group: { _id: "$g", n: { $sum: 1 } } }, { $sort: { _id: 1 } }];
    const sums = await many.aggregate(pipeline).toArray();
    expect(sums).to.deep.equal([0, 1, 2].map((_id) => ({ _id, n: MANY / 3 })));
    await many.insertOne({ g: 9, n: -1 });
    expect(await many.countDocuments({ pad: { $exists: false } })).to.equal(1);
    const sorted = await many
      .find({ n: { $gte: 0 } }, { batchSize: 500 })
      .sort({ n: -1 })
      .toArray();
    expect(sorted.map(({ n }) => n)).to.deep.equal([...Array(MANY).keys()].reverse());
  });

  it("refuses malformed filters and lives on", async () => {
    const many = store.db.collection("many");
    for (const filter of [{ $and: [null] }, { $or: [5] }, { $or: 5 }, { n: { $in: 5 } }]) {
      await expectCode(many.find(filter as never).toArray(), 2);
      await expectCode(many.countDocuments(filter as never), 2);
    }
    expect(await many.countDocuments({ n: { $gte: 0 } })).to.equal(MANY);
  });
});
