import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import { expect } from "chai";
import mongoose from "mongoose";
import { type OpenedStore, openedStore } from "./opened-store.ts";

const { Schema } = mongoose;

const schema = new Schema(
  {
    number: { type: String, unique: true, required: true },
    payer: { type: String, index: true },
    cents: { type: Number, default: 0 },
    lines: [{ code: String, units: Number }],
  },
  { timestamps: true },
);
schema.index({ payer: 1, cents: -1 });

function claimModel(connection: mongoose.Connection) {
  return connection.model("Claim", schema);
}

describe("embedded store: the clients that run on it", () => {
  let store: OpenedStore;
  let connection: mongoose.Connection;
  let Claim: ReturnType<typeof claimModel>;

  before(async () => {
    store = await openedStore("clients");
    connection = await mongoose
      .createConnection(store.uri, { dbName: store.db.databaseName })
      .asPromise();
    Claim = claimModel(connection);
    await Claim.init();
  });
  after(async () => {
    await connection.close();
    await store.close();
  });

  it("serves mongoose: models, indexes, versions, bulk writes, populate", async () => {
    expect(await Claim.collection.indexes()).to.have.length(4);
    await Claim.insertMany(
      Array.from({ length: 200 }, (_, i) => ({ number: `N${i}`, payer: `P${i % 4}`, cents: i })),
    );
    const doc = await Claim.findOne({ number: "N7" }).orFail();
    doc.lines.push({ code: "99213", units: 1 });
    doc.cents = 700;
    await doc.save();
    const lean = await Claim.findOne({ "lines.code": "99213" }).lean().orFail();
    expect(lean).to.include({ number: "N7", cents: 700, __v: 1 });
    const result = await Claim.bulkWrite([
      { insertOne: { document: { number: "B1", cents: 1, lines: [] } } },
      { updateOne: { filter: { number: "B2" }, update: { $set: { cents: 4 } }, upsert: true } },
      { deleteOne: { filter: { number: "N9" } } },
    ]);
    expect(result).to.include({ insertedCount: 1, upsertedCount: 1, deletedCount: 1 });
    const page = await Claim.find({ payer: "P1" })
      .sort({ cents: -1 })
      .limit(2)
      .select("cents")
      .lean();
    expect(page.map((d) => d.cents)).to.deep.equal([197, 193]);
    const saved = await Claim.create({ number: "N7" }).catch((error: Error) => error);
    expect(saved).to.include({ code: 11000 });
  });

  it("serves mongoose transactions, committed and thrown out of", async () => {
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

  it("runs an agenda job once, with two workers asking for it", async () => {
    const runs: string[] = [];
    const make = (name: string) => {
      const backend = new MongoBackend({
        mongo: connection.getClient().db(store.db.databaseName) as never,
        collection: "jobs",
      });
      const agenda = new Agenda({ backend, processEvery: 50, name });
      const run = async () => {
        runs.push(name);
      };
      // Agenda keeps a timer of half this time after a job, and with it the process.
      agenda.define("count", run, { lockLifetime: 1000 });
      return agenda;
    };
    const agendas = [make("one"), make("two")];
    for (const agenda of agendas) await agenda.start();
    await agendas[0]?.now("count", {});
    for (let i = 0; i < 60 && runs.length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const agenda of agendas) await agenda.stop();
    expect(runs).to.have.length(1);
    const job = await store.db.collection("jobs").findOne({ name: "count" });
    expect(job?.lastFinishedAt ?? null).to.not.equal(null);
  });
});
