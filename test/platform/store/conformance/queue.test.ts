/**
 * The lists of the work queue in the shapes in which the application asks for them: any filters together, in either
 * direction, from the beginning or from any place on. Each is held against a look at every document.
 */
import { expect } from "chai";
import type { Document } from "mongodb";
import { conformance, type Ground } from "./run-cases.ts";

const STATES = ["open", "held", "waiting"];
const IN_QUEUE = { partialFilterExpression: { s: { $in: STATES } } };

const ITEMS: readonly Document[] = Array.from({ length: 40 }, (_, at) => ({
  _id: `i${String(at).padStart(2, "0")}`,
  p: at % 10 === 9 ? "p2" : "p1",
  s: [...STATES, "done"][at % 4],
  who: at % 3 === 0 ? "ana" : undefined,
  k: `k${at % 2}`,
  x: { score: (at * 7) % 11 },
  n: (at * 5) % 13,
  d: `2026-03-${String(10 + (at % 9))}`,
}));

interface Part {
  readonly filter: Document;
  readonly holds: (item: Document) => boolean;
}

/** Each of these alone, and any of them together. */
const PARTS: readonly Part[] = [
  { filter: { k: "k1" }, holds: ({ k }) => k === "k1" },
  { filter: { who: null }, holds: ({ who }) => who === undefined },
  { filter: { "x.score": 7 }, holds: ({ x }) => x.score === 7 },
  { filter: { n: { $gte: 4 } }, holds: ({ n }) => n >= 4 },
  { filter: { d: { $lt: "2026-03-15" } }, holds: ({ d }) => d < "2026-03-15" },
];

const STATUSES: readonly Part[] = [
  { filter: { s: { $in: STATES } }, holds: ({ s }) => s !== "done" },
  { filter: { s: "waiting" }, holds: ({ s }) => s === "waiting" },
];

const SORTS: readonly (readonly [field: string, way: 1 | -1, of: (item: Document) => unknown])[] = [
  ["x.score", -1, ({ x }) => x.score],
  ["n", -1, ({ n }) => n],
  ["d", 1, ({ d }) => d],
  ["_id", 1, ({ _id }) => _id],
];

function* subsets(parts: readonly Part[]): Generator<readonly Part[]> {
  for (let bits = 0; bits < 2 ** parts.length; bits++) {
    yield parts.filter((_, at) => bits & (1 << at));
  }
}

/** What follows the place of an item in the order of a sort. */
function behind(item: Document, [field, way, of]: (typeof SORTS)[number]): Document {
  if (field === "_id") return { _id: { $gt: item._id } };
  const value = of(item);
  const ties = [{ [field]: { [way === 1 ? "$gt" : "$lt"]: value } }, { _id: { $gt: item._id } }];
  return { $and: [{ [field]: { [way === 1 ? "$gte" : "$lte"]: value } }, { $or: ties }] };
}

function inOrder(items: readonly Document[], [, way, of]: (typeof SORTS)[number]): Document[] {
  const compare = (a: unknown, b: unknown) =>
    a === b ? 0 : (a as number) < (b as number) ? -1 : 1;
  return [...items].sort((a, b) => way * compare(of(a), of(b)) || compare(a._id, b._id));
}

function lists(ground: () => Ground): void {
  it("find: a queue by any filters, in every order, from the beginning and from any place on", async () => {
    const c = ground().db.collection<Document>("queue");
    await c.createIndexes([
      { key: { p: 1, s: 1, "x.score": -1, _id: 1 } },
      { key: { p: 1, s: 1, d: 1, _id: 1 } },
      { key: { p: 1, k: 1, n: -1, _id: 1 }, ...IN_QUEUE },
      { key: { p: 1, k: 1, "x.score": -1, _id: 1 }, ...IN_QUEUE },
      { key: { p: 1, who: 1, d: 1, _id: 1 }, ...IN_QUEUE },
    ]);
    await c.insertMany([...ITEMS], { ignoreUndefined: true });
    for (const parts of subsets(PARTS)) {
      for (const status of STATUSES) {
        for (const sort of SORTS) await expectList(c, [status, ...parts], sort);
      }
    }
  });

  async function expectList(
    c: ReturnType<Ground["db"]["collection"]>,
    parts: readonly Part[],
    sort: (typeof SORTS)[number],
  ) {
    const [field, way] = sort;
    const filter = Object.assign({ p: "p1" }, ...parts.map((part) => part.filter));
    const order = field === "_id" ? { _id: way } : { [field]: way, _id: 1 as const };
    const options = { sort: order, limit: 4, projection: { packed: 0 } };
    const holding = ITEMS.filter(
      (item) => item.p === "p1" && parts.every(({ holds }) => holds(item)),
    );
    const wanted = inOrder(holding, sort).map(({ _id }) => _id);
    const what = JSON.stringify({ filter, sort: order });
    await ground().tried(async () => {
      const first = await c.find(filter, options).toArray();
      expect(
        first.map(({ _id }) => String(_id)),
        what,
      ).to.deep.equal(wanted.slice(0, 4));
      const place = first.at(-1);
      if (place === undefined) return;
      const next = await c.find({ ...filter, ...behind(place, sort) }, options).toArray();
      expect(
        next.map(({ _id }) => String(_id)),
        `${what}, on`,
      ).to.deep.equal(wanted.slice(4, 8));
    });
  }
}

conformance("queue", [], lists);
