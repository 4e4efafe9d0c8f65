import { expect } from "chai";
import { type Collection, type Document, Long, ObjectId } from "mongodb";
import { expectCode, isForeign, type OpenedStore, openedStore } from "./opened-store.ts";

describe("embedded store: commands", () => {
  let store: OpenedStore;
  let c: Collection<Document>;
  let number = 0;

  before(async () => {
    store = await openedStore("commands");
  });
  beforeEach(() => {
    c = store.db.collection(`c${++number}`);
  });
  after(() => store.close());

  describe("insert", () => {
    it("keeps every type as it was given", async () => {
      const doc = {
        _id: new ObjectId(),
        int: 1,
        double: 1.5,
        long: Long.fromString("9007199254740993"),
        text: "é",
        date: new Date(5),
        none: null,
        yes: true,
        list: [1, "a", { b: [] }],
        pattern: /x/i,
      };
      await c.insertOne(doc);
      const [found] = await c.find({}, { promoteLongs: false }).toArray();
      expect(found).to.deep.equal(doc);
    });

    it("stops an ordered bulk at the first error and keeps what came before", async () => {
      await c.insertOne({ _id: 2 as never });
      const docs = [{ _id: 1 }, { _id: 2 }, { _id: 3 }] as never[];
      const error = await expectCode(c.insertMany(docs), 11000);
      expect(error.result.insertedCount).to.equal(1);
      expect(await c.distinct("_id")).to.have.members([1, 2]);
    });

    it("goes on after an error in an unordered bulk", async () => {
      await c.insertOne({ _id: 2 as never });
      const docs = [{ _id: 1 }, { _id: 2 }, { _id: 3 }] as never[];
      await expectCode(c.insertMany(docs, { ordered: false }), 11000);
      expect(await c.distinct("_id")).to.have.members([1, 2, 3]);
    });

    it("refuses a document beyond 16 MB and an array as _id", async () => {
      const big = { big: "x".repeat(16 * 1024 * 1024) };
      if (!isForeign) {
        const reply = await store.db.command({ insert: c.collectionName, documents: [big] });
        expect(reply.writeErrors[0].code).to.equal(10334);
      }
      await expectCode(c.insertOne({ _id: [1] as never }), 53);
      expect(await c.countDocuments()).to.equal(0);
    });

    it("names index and pattern of a duplicate, the value only in keyValue", async () => {
      await c.createIndex({ ssn: 1 }, { unique: true });
      await c.insertOne({ ssn: "123-45-6789" });
      const error = await expectCode(c.insertOne({ ssn: "123-45-6789" }), 11000);
      expect(error.keyPattern).to.deep.equal({ ssn: 1 });
      expect(error.keyValue).to.deep.equal({ ssn: "123-45-6789" });
      if (!isForeign) expect(error.message).to.include("ssn_1").and.not.include("6789");
    });
  });

  describe("find", () => {
    beforeEach(async () => {
      const docs = Array.from({ length: 300 }, (_, i) => ({ _id: i, n: i % 10, s: `s${i}` }));
      await c.insertMany(docs as never[]);
    });

    it("filters, sorts, skips and limits", async () => {
      const found = await c.find({ n: 3 }).sort({ _id: -1 }).skip(2).limit(3).toArray();
      expect(found.map((d) => d._id)).to.deep.equal([273, 263, 253]);
    });

    it("gives batches of the size that was asked for", async () => {
      const cursor = c.find({}, { batchSize: 7 });
      const seen: unknown[] = [];
      for await (const doc of cursor) seen.push(doc._id);
      expect(new Set(seen).size).to.equal(300);
    });

    it("closes a cursor when told to and then does not know it", async () => {
      const first = await store.db.command({ find: c.collectionName, filter: {}, batchSize: 5 });
      const { id } = first.cursor;
      await store.db.command({ killCursors: c.collectionName, cursors: [id] });
      const more = { getMore: Long.fromValue(id), collection: c.collectionName };
      await expectCode(store.db.command(more), 43);
    });

    it("tells a cursor when its collection is dropped", async () => {
      const first = await store.db.command({ find: c.collectionName, filter: {}, batchSize: 5 });
      await c.drop();
      const id = Long.fromValue(first.cursor.id);
      await expectCode(store.db.command({ getMore: id, collection: c.collectionName }), 175);
    });

    it("projects by inclusion, by exclusion, into arrays, and by expression", async () => {
      await c.insertOne({ _id: "p" as never, a: { b: 1, c: 2 }, l: [{ x: 1, y: 2 }, 5, { y: 3 }] });
      const one = (projection: Document) => c.findOne({ _id: "p" as never }, { projection });
      expect(await one({ "a.b": 1 })).to.deep.equal({ _id: "p", a: { b: 1 } });
      expect(await one({ "l.x": 1, _id: 0 })).to.deep.equal({ l: [{ x: 1 }, {}] });
      expect(await one({ "l.y": 0, a: 0 })).to.deep.equal({ _id: "p", l: [{ x: 1 }, 5, {}] });
      expect(await one({ _id: 0 })).to.have.all.keys("a", "l");
      expect(await one({ _id: 0, sum: { $add: ["$a.b", "$a.c"] } })).to.deep.equal({ sum: 3 });
      await expectCode(one({ a: 1, l: 0 }), 31254);
    });

    it("refuses what it does not know", async () => {
      await expectCode(c.find({ $foo: 1 }).toArray(), 2);
      await expectCode(c.find({ n: { $foo: 1 } }).toArray(), 2);
      await expectCode(c.find({ $or: [] }).toArray(), 2);
      if (!isForeign) {
        await expectCode(c.find({}).hint("n_1").toArray(), 40415);
        await expectCode(c.find({}, { collation: { locale: "de" } }).toArray(), 40415);
        await expectCode(c.find({}, { maxTimeMS: 5 }).toArray(), 40415);
        await expectCode(c.updateOne({}, { $set: { a: 1 } }, { hint: "n_1" }), 40415);
        await expectCode(c.createIndex({ a: 1 }, { hidden: true }), 197);
        await expectCode(c.find({}, { readConcern: { level: "snapshot" } }).toArray(), 72);
        await expectCode(c.insertOne({}, { writeConcern: { w: 3 } }), 100);
      }
      await expectCode(store.db.command({ frobnicate: 1 }), 59);
    });
  });

  describe("delete, count, distinct", () => {
    it("deletes one, deletes many, counts with limits", async () => {
      await c.insertMany([{ a: 1 }, { a: 1 }, { a: 1 }, { a: 2 }]);
      expect((await c.deleteOne({ a: 1 })).deletedCount).to.equal(1);
      expect(await c.countDocuments({ a: 1 })).to.equal(2);
      expect(await c.countDocuments({}, { skip: 1, limit: 1 })).to.equal(1);
      expect((await c.deleteMany({})).deletedCount).to.equal(3);
      expect(await c.estimatedDocumentCount()).to.equal(0);
    });

    it("gives the distinct values of arrays and nested fields", async () => {
      await c.insertMany([{ a: [1, 2], b: { c: "x" } }, { a: 2, b: { c: "y" } }, { a: [] }]);
      expect(await c.distinct("a")).to.have.members([1, 2]);
      expect(await c.distinct("b.c", { a: 2 })).to.have.members(["x", "y"]);
    });
  });

  describe("findAndModify", () => {
    it("returns the document before or after, updated, inserted or removed", async () => {
      const id = { k: 1 };
      const up = { upsert: true, returnDocument: "after" } as const;
      const made = await c.findOneAndUpdate(id, { $set: { v: 1 }, $setOnInsert: { s: 1 } }, up);
      expect(made).to.include({ k: 1, v: 1, s: 1 });
      expect(await c.findOneAndUpdate(id, { $inc: { v: 1 } })).to.include({ v: 1 });
      expect(await c.findOneAndReplace(id, { k: 1, r: 1 }, up)).to.include({ r: 1 });
      expect(await c.findOneAndDelete(id, { projection: { _id: 0 } })).to.deep.equal({
        k: 1,
        r: 1,
      });
      expect(await c.findOneAndDelete(id)).to.equal(null);
    });

    it("takes the first by its sort", async () => {
      await c.insertMany([{ p: 1 }, { p: 3 }, { p: 2 }]);
      const taken = await c.findOneAndUpdate({}, { $set: { x: 1 } }, { sort: { p: -1 } });
      expect(taken?.p).to.equal(3);
    });
  });

  describe("indexes and collections", () => {
    it("lists what was created and drops it", async () => {
      await c.createIndexes([
        { key: { a: 1, b: -1 }, name: "ab" },
        { key: { t: 1 }, expireAfterSeconds: 60 },
        { key: { u: 1 }, unique: true, sparse: true },
        { key: { p: 1 }, partialFilterExpression: { p: { $gt: 5 } } },
      ]);
      const list = await c.indexes();
      expect(list.map((index) => index.name)).to.deep.equal(["_id_", "ab", "t_1", "u_1", "p_1"]);
      expect(list[1]).to.deep.include({ key: { a: 1, b: -1 } });
      expect(list[2]).to.include({ expireAfterSeconds: 60 });
      expect(list[3]).to.include({ unique: true, sparse: true });
      expect(list[4]).to.deep.include({ partialFilterExpression: { p: { $gt: 5 } } });
      await c.dropIndex("ab");
      expect(await c.indexes()).to.have.length(4);
      await expectCode(c.dropIndex("ab"), 27);
    });

    it("makes an index once, and refuses another of the same name", async () => {
      await c.createIndex({ a: 1 });
      await c.createIndex({ a: 1 });
      expect(await c.indexes()).to.have.length(2);
      await expectCode(c.createIndex({ a: 1 }, { unique: true, name: "a_1" }), 86);
      await expectCode(c.createIndex({ a: 1 }, { name: "other" }), 85);
    });

    it("leaves nothing behind when a unique index meets duplicates", async () => {
      await c.insertMany([{ a: 1 }, { a: 1 }]);
      await expectCode(c.createIndex({ a: 1 }, { unique: true }), 11000);
      expect(await c.indexes()).to.have.length(1);
      await c.createIndex({ a: 1 });
      expect(await c.countDocuments({ a: 1 })).to.equal(2);
    });

    it("holds partial and sparse unique indexes to the documents in them", async () => {
      await c.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { on: true } });
      await c.createIndex({ b: 1 }, { unique: true, sparse: true });
      await c.insertMany([{ a: 1 }, { a: 1 }, { a: 1, on: true }]);
      await expectCode(c.insertOne({ a: 1, on: true }), 11000);
      await c.insertOne({ b: 1 });
      await expectCode(c.insertOne({ b: 1 }), 11000);
      await expectCode(c.updateOne({ a: 1, on: { $ne: true } }, { $set: { on: true } }), 11000);
    });

    it("creates, lists and drops collections", async () => {
      await store.db.createCollection(c.collectionName);
      await expectCode(store.db.createCollection(c.collectionName), 48);
      const named = await store.db.listCollections({ name: c.collectionName }).toArray();
      expect(named).to.have.length(1);
      await c.drop();
      expect(await store.db.listCollections({ name: c.collectionName }).toArray()).to.have.length(
        0,
      );
      expect(await c.find().toArray()).to.deep.equal([]);
    });
  });
});
