/** How a page of a sorted list is read that is narrowed by a range of another field. */
import { expect } from "chai";
import { type OpenedStore, openedStore } from "./opened-store.ts";

const COUNT = 9_000;

describe("embedded store: a page in one order, narrowed by a range of another field", () => {
  let store: OpenedStore;

  before(async () => {
    store = await openedStore("pages");
    const c = store.db.collection("c");
    await c.createIndexes([{ key: { p: 1, rank: -1 } }, { key: { p: 1, cents: 1 } }]);
    await c.insertMany(
      Array.from({ length: COUNT }, (_, at) => ({ p: 1, rank: (at * 7) % COUNT, cents: at })),
    );
  });

  after(() => store.close());

  async function indexOf(least: number, limit: number): Promise<string> {
    const { queryPlanner } = await store.db.command({
      explain: { find: "c", filter: { p: 1, cents: { $gte: least } }, sort: { rank: -1 }, limit },
      verbosity: "queryPlanner",
    });
    return queryPlanner.winningPlan.indexName;
  }

  it("walks in the order of the page where many match, and sorts where few do or all are wanted", async () => {
    expect(await indexOf(COUNT - 4_500, 100)).to.equal("p_1_rank_-1");
    expect(await indexOf(COUNT - 3_000, 100)).to.equal("p_1_cents_1");
    expect(await indexOf(COUNT - 20, 100)).to.equal("p_1_cents_1");
    expect(await indexOf(COUNT - 4_500, 0)).to.equal("p_1_cents_1");
  });

  it("gives the same page either way", async () => {
    for (const least of [COUNT - 4_500, COUNT - 3_000]) {
      const found = await store.db
        .collection("c")
        .find({ p: 1, cents: { $gte: least } })
        .sort({ rank: -1 })
        .limit(50)
        .toArray();
      const ranks = Array.from({ length: COUNT }, (_, at) => ({ rank: (at * 7) % COUNT, at }))
        .filter(({ at }) => at >= least)
        .map(({ rank }) => rank)
        .sort((a, b) => b - a);
      expect(found.map(({ rank }) => rank)).to.deep.equal(ranks.slice(0, 50));
    }
  });
});
