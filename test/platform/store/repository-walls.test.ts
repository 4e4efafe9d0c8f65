import { expect } from "chai";
import type { CommandStartedEvent } from "mongodb";
import { FileBytes } from "../../../src/platform/store/file-bytes.ts";
import { openStore, type Store } from "../../../src/platform/store/index.ts";
import { peopleModels } from "../../../src/platform/store/people.ts";
import { Removable, Renewable, Scoped } from "../../../src/platform/store/scoped.ts";
import { storePlace } from "../../app/practice.ts";
import { testKeys } from "../../keys.ts";

const PRACTICE = "walls-1";
const NOBODY: readonly unknown[] = ["", undefined, null, 0, { $ne: "" }];

type Command = Readonly<Record<string, unknown>>;
type Documents = Scoped<never> & Renewable<never>;

/** One call of each method of a repository, on documents that the other practice has too. */
const CALLS: Readonly<Record<string, (repository: Documents, store: Store) => Promise<unknown>>> = {
  find: (some) => some.find({}),
  findOne: (some) => some.findOne({ _id: "c" }),
  stream: async (some) => {
    for await (const one of some.stream({})) expect(one).to.have.property("practiceId", PRACTICE);
  },
  count: (some) => some.count({}),
  ready: async (some) => some.insert(some.ready([{ _id: "ready" } as never])),
  insert: (some) => some.insert([{ _id: "insert" } as never]),
  update: (some) => some.update({ _id: "c" }, { $set: { value: 1 } }),
  updateAll: (some) => some.updateAll({}, { $set: { value: 2 } }),
  replace: (some, store) =>
    store
      .transaction((session) =>
        some.replace([{ document: { _id: "c" } as never, version: 1 }], session),
      )
      .catch((error: Error) => expect(error.name).to.equal("StaleDocument")),
  exchange: (some, store) =>
    store.transaction((session) => some.exchange({ _id: "c" } as never, {}, session)),
  increment: (some) => some.increment("next", 1),
  aggregate: (some) => some.aggregate([{ $count: "all" }]),
  remove: (some) => some.remove({ _id: "c" }),
  add: (some, store) =>
    store.transaction((session) => some.add([{ id: "sum", add: { value: 1 } }], session)),
  put: (some) => some.put({ _id: `${PRACTICE}:put` } as never),
};

/** The practices that a command is narrowed to, one for each of its filters and documents; undefined is none. */
function practicesOf(command: Command): unknown[] {
  const { filter, query, pipeline, documents, updates, deletes } = command as Record<string, never>;
  const parts: unknown[] = [
    ...(filter === undefined ? [] : [filter]),
    ...(query === undefined ? [] : [query]),
    ...(pipeline === undefined ? [] : [(pipeline as { $match?: object }[])[0]?.$match]),
    ...((documents ?? []) as object[]),
    ...((updates ?? []) as { q: object }[]).map(({ q }) => q),
    ...((deletes ?? []) as { q: object }[]).map(({ q }) => q),
  ];
  return parts.map((part) => (part as { practiceId?: unknown } | undefined)?.practiceId);
}

describe("the repositories", () => {
  const place = storePlace();
  let store: Store;
  const sent: Command[] = [];
  before(async () => {
    store = await openStore(place.location, testKeys());
    store.connection.getClient().on("commandStarted", ({ command }: CommandStartedEvent) => {
      if (
        ["find", "aggregate", "insert", "update", "delete", "findAndModify"].some(
          (name) => name in command,
        )
      ) {
        sent.push(command);
      }
    });
  });
  after(async () => {
    if (process.env.MONGODB_URI !== undefined) await place.clean(store);
    await store.close();
    if (process.env.MONGODB_URI === undefined) await place.clean();
  });

  const methods = [
    ...new Set(
      [Scoped, Removable, Renewable].flatMap(({ prototype }) =>
        Object.getOwnPropertyNames(prototype),
      ),
    ),
  ].filter((name) => name !== "constructor" && name !== "narrow");

  it("8.4.1 are tried by every method they have", () => {
    expect(Object.keys(CALLS).sort()).to.deep.equal(methods.sort());
  });

  for (const name of methods) {
    it(`8.4.1 164.312(a)(1) ${name}: is narrowed to its practice in all that it sends, and is none without one`, async () => {
      const call = CALLS[name];
      if (call === undefined) throw new Error(`no call of ${name}`);
      const model = store.connection.model("counters") as never;
      for (const none of NOBODY) {
        expect(() => new Renewable(model, none as string)).to.throw("a practice is required");
        expect(() => store.practice(none as string)).to.throw("a practice is required");
      }
      sent.length = 0;
      await call(new Renewable(model, PRACTICE) as unknown as Documents, store);
      expect(sent).to.not.deep.equal([]);
      // A replacement by id is stamped with the practice instead.
      const stamped = name === "put" ? [] : sent.flatMap(practicesOf);
      for (const practiceId of stamped) expect(practiceId).to.equal(PRACTICE);
    });
  }

  it("8.4.1 keep, give and remove no bytes of files without a practice", async () => {
    const { fileBytes } = store;
    const bytes = async function* () {
      yield Buffer.from("x");
    };
    const calls: Readonly<Record<string, (practiceId: string) => Promise<unknown>>> = {
      put: (practiceId) => fileBytes.put(practiceId, "f", bytes()),
      get: (practiceId) => fileBytes.get(practiceId, "f"),
      open: (practiceId) => fileBytes.open(practiceId, "f"),
      remove: (practiceId) => fileBytes.remove(practiceId, "f"),
    };
    // `reseal` is the program's own work on the files of all practices, and gives none of them out.
    const all = Object.getOwnPropertyNames(FileBytes.prototype);
    expect(all.sort()).to.deep.equal(["constructor", ...Object.keys(calls), "reseal"].sort());
    for (const [name, call] of Object.entries(calls)) {
      for (const none of NOBODY) {
        const refused = await call(none as string).catch((error: Error) => error.message);
        expect(refused, `${name} for ${none}`).to.contain("a practice is required");
      }
    }
  });

  it("8.4.1 find no user, key or link where the practice asked for is none", async () => {
    const { User, ApiKey, SetupToken } = peopleModels(store.connection);
    for (const none of NOBODY) {
      const filter = { practiceId: none as string };
      for (const attempt of [
        () => User.find(filter),
        () => User.findOne({ ...filter, _id: "u" }),
        () => User.updateOne(filter, { $set: { name: "x" } }),
        () => User.exists(filter),
        () => ApiKey.find(filter),
        () => ApiKey.updateOne({ ...filter, _id: "k" }, { $set: { name: "x" } }),
        () => SetupToken.findOne(filter),
      ]) {
        const refused = await attempt().then(
          () => "answered",
          (error: Error) => error.message,
        );
        expect(refused, String(none)).to.contain("a practice is required");
      }
    }
  });
});
