import { expect } from "chai";
import type { ClientSession, Collection, Document } from "mongodb";
import { expectCode } from "../embedded/opened-store.ts";
import { type Case, conformance, type Ground } from "./run-cases.ts";

const given = [{ _id: 1, a: 1 }];

/** Commands that a transaction does not take. */
const REFUSED: readonly Document[] = [
  { createIndexes: "c", indexes: [{ key: { a: 1 }, name: "a_1" }] },
  { dropIndexes: "c", index: "*" },
  { drop: "c" },
  { dropDatabase: 1 },
  { listCollections: 1 },
  { count: "c" },
];

const cases = REFUSED.map(
  (command): Case => ({
    it: `transaction: refuses ${Object.keys(command)[0]}`,
    given,
    command,
    inTransaction: true,
    error: 263,
    left: given,
  }),
);

/** What several commands do together. */
function transactions(ground: () => Ground): void {
  describe("of several commands", () => {
    let c: Collection<Document>;
    let number = 0;
    const sessions: ClientSession[] = [];

    function session(): ClientSession {
      const opened = ground().client.startSession();
      sessions.push(opened);
      return opened;
    }

    function begun(): ClientSession {
      const opened = session();
      opened.startTransaction();
      return opened;
    }

    beforeEach(async () => {
      c = ground().db.collection(`c${++number}`);
      await c.createIndexes([
        { key: { u: 1 }, unique: true, sparse: true },
        { key: { g: 1, n: 1 } },
      ]);
    });
    afterEach(async () => {
      for (const open of sessions.splice(0)) await open.endSession();
    });
    /** Defines a test whose commands are all part of what is tried. */
    const promise = (what: string, run: () => Promise<void>) =>
      it(`transaction: ${what}`, () => ground().tried(run));

    promise("shows its writes to itself at once and to others after the commit", async () => {
      const s = begun();
      await c.insertOne({ _id: 1 as never, g: "a" }, { session: s });
      expect(await c.findOne({ g: "a" }, { session: s })).to.include({ _id: 1 });
      expect(await c.findOne({ g: "a" })).to.equal(null);
      await s.commitTransaction();
      expect(await c.findOne({ g: "a" })).to.include({ _id: 1 });
    });

    promise(
      "keeps indexes true of what it replaced: once, twice, in another order of fields",
      async () => {
        await c.insertMany([1, 2, 3].map((i) => ({ _id: i, g: "a", n: i, u: i })) as never[]);
        const s = begun();
        const replace = (_id: number, by: Document) =>
          c.replaceOne({ _id: _id as never, g: "a" }, by, { session: s });
        await replace(1, { g: "a", n: 7, u: 1 });
        await replace(2, { g: "a", n: 8, u: 8 });
        await replace(2, { g: "a", n: [9, 10], u: 9 });
        await replace(3, { u: 2, n: 3, g: "a", more: true });
        expect(await c.distinct("_id", { g: "a", n: { $gte: 7 } }, { session: s })).to.have.length(
          2,
        );
        await s.commitTransaction();
        const idsOf = (filter: Document) => c.distinct("_id", filter);
        expect(await idsOf({ g: "a", n: 7 })).to.deep.equal([1]);
        expect(await idsOf({ g: "a", n: 10 })).to.deep.equal([2]);
        expect(await idsOf({ g: "a", n: { $in: [1, 2, 8] } })).to.deep.equal([]);
        expect(await Promise.all([1, 2, 8, 9].map((u) => idsOf({ u })))).to.deep.equal([
          [1],
          [3],
          [],
          [2],
        ]);
      },
    );

    promise("loses to a commit since its snapshot, not to one before it", async () => {
      await c.insertOne({ _id: 1 as never, n: 1 });
      await c.updateOne({ _id: 1 as never }, { $set: { n: 2 } });
      const s = begun();
      expect(await c.findOne({ _id: 1 as never }, { session: s })).to.include({ n: 2 });
      await c.insertOne({ _id: 2 as never });
      await c.updateOne({ _id: 1 as never }, { $set: { n: 3 } }, { session: s });
      await s.commitTransaction();
      const late = begun();
      expect(await c.findOne({ _id: 1 as never }, { session: late })).to.include({ n: 3 });
      await c.updateOne({ _id: 1 as never }, { $set: { n: 4 } });
      await expectCode(
        c.updateOne({ _id: 1 as never }, { $set: { n: 5 } }, { session: late }),
        112,
      );
      expect(await c.findOne({ _id: 1 as never })).to.include({ n: 4 });
    });

    promise("undoes everything on abort: inserts, updates, deletes and upserts", async () => {
      const docs = [
        { _id: 1, g: "a", n: 1, u: 1 },
        { _id: 2, g: "a", n: 2, u: 2 },
      ];
      await c.insertMany(docs as never[]);
      const s = begun();
      await c.insertOne({ _id: 3 as never, g: "a" }, { session: s });
      await c.updateMany({ g: "a" }, { $set: { g: "b" } }, { session: s });
      await c.deleteOne({ _id: 2 as never }, { session: s });
      await c.updateOne({ u: 9 }, { $set: { n: 9 } }, { session: s, upsert: true });
      expect(await c.countDocuments({ g: "b" }, { session: s })).to.equal(2);
      await s.abortTransaction();
      expect(await c.find().sort({ _id: 1 }).toArray()).to.deep.equal(docs);
      expect(await c.countDocuments({ g: "a" })).to.equal(2);
      expect(await c.countDocuments({ g: "b" })).to.equal(0);
      await c.insertOne({ u: 9 });
    });

    promise("reads the state of its start, whatever others commit meanwhile", async () => {
      await c.insertOne({ _id: 1 as never, n: 1 });
      const s = begun();
      expect((await c.findOne({}, { session: s }))?.n).to.equal(1);
      await c.updateOne({ _id: 1 as never }, { $set: { n: 2 } });
      await c.insertOne({ _id: 2 as never, n: 3 });
      expect((await c.findOne({}, { session: s }))?.n).to.equal(1);
      expect(await c.countDocuments({}, { session: s })).to.equal(1);
      await s.abortTransaction();
    });

    promise("lets the first writer win and tells the loser to try again", async () => {
      await c.insertOne({ _id: 1 as never, n: 0 });
      const [first, second] = [begun(), begun()];
      await c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session: first });
      const lost = c.updateOne({ _id: 1 as never }, { $inc: { n: 1 } }, { session: second });
      const error = await expectCode(lost, 112);
      expect(error.hasErrorLabel("TransientTransactionError")).to.equal(true);
      await first.commitTransaction();
      await second.abortTransaction();
      expect((await c.findOne())?.n).to.equal(1);
    });

    promise("does not overwrite what was committed after its snapshot", async () => {
      await c.insertOne({ _id: 1 as never, n: 0 });
      const s = begun();
      await c.findOne({}, { session: s });
      await c.updateOne({}, { $set: { n: 5 } });
      await expectCode(c.updateOne({}, { $inc: { n: 1 } }, { session: s }), 112);
      await s.abortTransaction();
      expect((await c.findOne())?.n).to.equal(5);
    });

    promise("adds up under many concurrent withTransaction", async () => {
      await c.insertOne({ _id: 1 as never, n: 0 });
      const add = async () => {
        await session().withTransaction(async (s) => {
          const doc = await c.findOne({ _id: 1 as never }, { session: s });
          await c.updateOne({ _id: 1 as never }, { $set: { n: doc?.n + 1 } }, { session: s });
        });
      };
      await Promise.all(Array.from({ length: 8 }, add));
      expect((await c.findOne())?.n).to.equal(8);
    });

    promise("reports duplicates inside a transaction as 11000 and ends it", async () => {
      await c.insertOne({ u: 1 });
      const s = begun();
      await c.insertOne({ u: 2 }, { session: s });
      const error = await expectCode(c.insertOne({ u: 1 }, { session: s }), 11000);
      expect(error.keyPattern).to.deep.equal({ u: 1 });
      await s.abortTransaction();
      const other = begun();
      await c.insertOne({ u: 3 }, { session: other });
      await expectCode(c.insertOne({ u: 3 }, { session: other }), 11000);
      await other.abortTransaction();
      expect(await c.distinct("u")).to.deep.equal([1]);
    });

    promise("lets a unique key change hands inside a transaction", async () => {
      await c.insertMany([
        { _id: 1, u: 1 },
        { _id: 2, u: 2 },
      ] as never[]);
      await session().withTransaction(async (s) => {
        await c.deleteOne({ _id: 1 as never }, { session: s });
        await c.updateOne({ _id: 2 as never }, { $set: { u: 1 } }, { session: s });
        await c.insertOne({ _id: 3 as never, u: 2 }, { session: s });
      });
      expect(await c.findOne({ u: 1 })).to.include({ _id: 2 });
      expect(await c.findOne({ u: 2 })).to.include({ _id: 3 });
      await expectCode(c.insertOne({ u: 1 }), 11000);
    });

    promise("refuses the same new key to two transactions", async () => {
      const [first, second] = [begun(), begun()];
      await c.insertOne({ u: 7 }, { session: first });
      await expectCode(c.insertOne({ u: 7 }, { session: second }), 112);
      await first.commitTransaction();
      await second.abortTransaction();
      expect(await c.countDocuments({ u: 7 })).to.equal(1);
    });

    promise(
      "lets a plain write wait for the document, and then act on what was committed",
      async () => {
        await c.insertOne({ _id: 1 as never, n: 1 });
        const s = begun();
        await c.updateOne({ _id: 1 as never }, { $set: { n: 10 } }, { session: s });
        const waiting = c.bulkWrite([
          { insertOne: { document: { _id: 5 as never } } },
          { updateOne: { filter: { _id: 1 as never }, update: { $inc: { n: 1 } } } },
          { insertOne: { document: { _id: 6 as never } } },
        ]);
        let isDone = false;
        void waiting.then(() => {
          isDone = true;
        });
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(isDone).to.equal(false);
        await s.commitTransaction();
        expect(await waiting).to.include({ insertedCount: 2, modifiedCount: 1 });
        expect((await c.findOne({ _id: 1 as never }))?.n).to.equal(11);
      },
    );

    promise("lets a plain insert wait for a key that a transaction holds", async () => {
      const s = begun();
      await c.insertOne({ u: 1 }, { session: s });
      const waiting = c.insertOne({ u: 1 });
      await new Promise((resolve) => setTimeout(resolve, 50));
      await s.abortTransaction();
      expect((await waiting).acknowledged).to.equal(true);
    });

    promise("sorts and pages over snapshot and own writes together", async () => {
      const docs = Array.from({ length: 20 }, (_, i) => ({ _id: i, g: "x", n: i * 2 }));
      await c.insertMany(docs as never[]);
      const s = begun();
      const odd = Array.from({ length: 20 }, (_, i) => ({ _id: 100 + i, g: "x", n: i * 2 + 1 }));
      await c.insertMany(odd as never[], { session: s });
      await c.updateOne({ _id: 0 as never }, { $set: { n: 99 } }, { session: s });
      await c.deleteOne({ _id: 1 as never }, { session: s });
      const list = async (way: 1 | -1) =>
        (await c.find({ g: "x" }, { session: s, batchSize: 7 }).sort({ n: way }).toArray()).map(
          (d) => d.n,
        );
      const wanted = [...Array(40).keys()].filter((n) => n !== 0 && n !== 2).concat(99);
      expect(await list(1)).to.deep.equal(wanted);
      expect(await list(-1)).to.deep.equal(wanted.reverse());
      await s.abortTransaction();
    });

    promise("posts five thousand documents in one", async () => {
      const size = 2500;
      await c.insertMany(
        Array.from({ length: size }, (_, i) => ({ _id: i, g: "p", n: i })) as never[],
      );
      await session().withTransaction(async (s) => {
        const fresh = Array.from({ length: size }, (_, i) => ({
          _id: size + i,
          g: "p",
          n: i,
          u: i,
        }));
        await c.insertMany(fresh as never[], { session: s });
        const updates = Array.from({ length: size }, (_, i) => ({
          updateOne: { filter: { _id: i as never }, update: { $inc: { n: 1 } } },
        }));
        const result = await c.bulkWrite(updates, { session: s });
        expect(result.modifiedCount).to.equal(size);
        const again = Array.from({ length: 500 }, (_, i) => ({
          updateOne: { filter: { u: i }, update: { $set: { done: true } } },
        }));
        expect((await c.bulkWrite(again, { session: s })).modifiedCount).to.equal(500);
      });
      expect(await c.countDocuments({ g: "p" })).to.equal(size * 2);
      expect(await c.countDocuments({ done: true })).to.equal(500);
    });

    promise("does not know a transaction that was aborted", async () => {
      const s = begun();
      await c.insertOne({ _id: 1 as never }, { session: s });
      await expectCode(c.insertOne({ _id: 1 as never }, { session: s }), 11000);
      const error = await expectCode(c.findOne({}, { session: s }), 251);
      expect(error.hasErrorLabel("TransientTransactionError")).to.equal(true);
      await s.abortTransaction();
    });
  });
}

conformance("transactions", cases, transactions);
