import { expect } from "chai";
import mongoose from "mongoose";
import { openStore, type Store } from "../../../../src/platform/store/index.ts";
import { storePlace } from "../../../app/practice.ts";
import { testKeys } from "../../../keys.ts";

const { Schema } = mongoose;

const schema = new Schema(
  {
    number: { type: String, unique: true, required: true },
    payer: { type: String, index: true },
    cents: { type: Number, default: 0 },
    lines: [{ code: String, units: Number }],
  },
  { timestamps: true, collection: "trials" },
);
schema.index({ payer: 1, cents: -1 });

const claimModel = (connection: mongoose.Connection) => connection.model("Trial", schema);

/** The code of what a promise fails with, undefined where it does not fail. */
const codeOf = (done: Promise<unknown>): Promise<unknown> =>
  done.then(
    () => undefined,
    (error: { code?: unknown }) => error.code,
  );

describe("mongoose on the store of the run", () => {
  const place = storePlace();
  let store: Store;
  let connection: mongoose.Connection;
  let Claim: ReturnType<typeof claimModel>;

  before(async () => {
    store = await openStore(place.location, testKeys());
    connection = store.connection;
    Claim = claimModel(connection);
    await Claim.createIndexes();
  });
  beforeEach(() => Claim.deleteMany({}));
  after(async () => {
    if ("uri" in place.location) await place.clean(store);
    await store.close();
    if ("directory" in place.location) await place.clean();
  });

  const numbered = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ number: `N${i}`, payer: `P${i % 4}`, cents: i }));

  it("makes a model's indexes", async () => {
    const names = (await Claim.collection.indexes()).map(({ name }) => name);
    expect(names).to.have.members(["_id_", "number_1", "payer_1", "payer_1_cents_-1"]);
  });

  it("saves what was changed, and counts the version of a changed array", async () => {
    await Claim.insertMany(numbered(10));
    const claim = await Claim.findOne({ number: "N7" }).orFail();
    claim.lines.push({ code: "99213", units: 1 });
    claim.cents = 700;
    await claim.save();
    const lean = await Claim.findOne({ "lines.code": "99213" }).lean().orFail();
    expect(lean).to.include({ number: "N7", cents: 700, __v: 1 });
    expect(lean.updatedAt.getTime()).to.be.at.least(lean.createdAt.getTime());
  });

  it("refuses to save over what someone else has changed", async () => {
    await Claim.create({ number: "V1", lines: [{ code: "a", units: 1 }] });
    const [mine, theirs] = [
      await Claim.findOne({ number: "V1" }).orFail(),
      await Claim.findOne({ number: "V1" }).orFail(),
    ];
    theirs.lines.splice(0, 1);
    await theirs.save();
    mine.lines[0]?.set("units", 2);
    const failed = await mine.save().catch((error: Error) => error.name);
    expect(failed).to.equal("VersionError");
  });

  it("writes in bulk", async () => {
    await Claim.insertMany(numbered(10));
    const result = await Claim.bulkWrite([
      { insertOne: { document: { number: "B1", cents: 1, lines: [] } } },
      { updateOne: { filter: { number: "B2" }, update: { $set: { cents: 4 } }, upsert: true } },
      { updateMany: { filter: { payer: "P1" }, update: { $inc: { cents: 100 } } } },
      {
        replaceOne: {
          filter: { number: "N8" },
          replacement: { number: "N8", cents: 8, lines: [] },
        },
      },
      { deleteOne: { filter: { number: "N9" } } },
    ]);
    expect(result).to.include({ insertedCount: 1, upsertedCount: 1, deletedCount: 1 });
    expect(result).to.include({ matchedCount: 4, modifiedCount: 4 });
    expect(await Claim.countDocuments()).to.equal(11);
  });

  it("reads pages, lean, and one after the other by a cursor", async () => {
    await Claim.insertMany(numbered(200));
    const query = Claim.find({ payer: "P1" }).sort({ cents: -1 }).limit(2).select("cents");
    expect((await query.lean()).map(({ cents }) => cents)).to.deep.equal([197, 193]);
    const seen: number[] = [];
    const cursor = Claim.find({ payer: "P2" }).sort({ cents: 1 }).lean().cursor({ batchSize: 7 });
    for await (const { cents } of cursor) seen.push(cents);
    expect(seen).to.deep.equal(Array.from({ length: 50 }, (_, i) => i * 4 + 2));
  });

  it("tells that a number is taken, with the code and the fields that programs look at", async () => {
    await Claim.create({ number: "N7" });
    const failed = await Claim.create({ number: "N7" }).catch((error: Error) => error);
    expect(failed).to.include({ name: "MongoServerError", code: 11000 });
    expect(failed).to.deep.include({ keyPattern: { number: 1 }, keyValue: { number: "N7" } });
    const changed = Claim.findOneAndUpdate({ number: "X" }, { number: "N7" }, { upsert: true });
    expect(await codeOf(changed.exec())).to.equal(11000);
  });

  it("commits a transaction, and undoes one that is thrown out of", async () => {
    await connection.transaction(async (session) => {
      await Claim.create([{ number: "T1" }], { session });
      await Claim.updateOne({ number: "T1" }, { $set: { cents: 5 } }, { session });
    });
    expect((await Claim.findOne({ number: "T1" }))?.cents).to.equal(5);
    const thrown = connection.transaction(async (session) => {
      await Claim.create([{ number: "T2" }], { session });
      throw new Error("out");
    });
    expect(await thrown.catch((error: Error) => error.message)).to.equal("out");
    expect(await Claim.findOne({ number: "T2" })).to.equal(null);
  });

  it("runs a transaction again that another was faster than", async () => {
    await Claim.create({ number: "C", cents: 0 });
    const add = async () => {
      const session = await connection.startSession();
      try {
        await session.withTransaction(async () => {
          const claim = await Claim.findOne({ number: "C" }, null, { session }).orFail();
          claim.cents += 1;
          await claim.save({ session });
        });
      } finally {
        await session.endSession();
      }
    };
    await Promise.all([add(), add(), add(), add()]);
    expect((await Claim.findOne({ number: "C" }))?.cents).to.equal(4);
  });

  it("aggregates, and tells the distinct values", async () => {
    await Claim.insertMany(numbered(8));
    const sums = await Claim.aggregate([
      { $match: { cents: { $gte: 2 } } },
      { $group: { _id: "$payer", cents: { $sum: "$cents" } } },
      { $sort: { _id: 1 } },
    ]);
    expect(sums).to.deep.equal([
      { _id: "P0", cents: 4 },
      { _id: "P1", cents: 5 },
      { _id: "P2", cents: 8 },
      { _id: "P3", cents: 10 },
    ]);
    expect(await Claim.distinct("payer")).to.have.members(["P0", "P1", "P2", "P3"]);
  });
});

describe("mongoose's connection to the store of the run", () => {
  it("tells when it is connected and when it is closed", async () => {
    const place = storePlace();
    const store = await openStore(place.location, testKeys());
    const { connection } = store;
    expect(connection.readyState).to.equal(mongoose.ConnectionStates.connected);
    const told: string[] = [];
    for (const event of ["disconnected", "close"]) connection.on(event, () => told.push(event));
    if ("uri" in place.location) await place.clean(store);
    await store.close();
    if ("directory" in place.location) await place.clean();
    expect(told).to.have.members(["disconnected", "close"]);
    expect(connection.readyState).to.equal(mongoose.ConnectionStates.disconnected);
  });
});
