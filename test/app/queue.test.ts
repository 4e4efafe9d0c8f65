import { expect } from "chai";
import { changeManyItems } from "../../src/app/denials/bulk-items.ts";
import { listWorkItems, type WorkItemFilter } from "../../src/app/denials/list-queue.ts";
import { openItems } from "../../src/app/denials/open-work-items.ts";
import { countQueue, recountQueue } from "../../src/app/denials/queue-counts.ts";
import {
  listQueueViews,
  removeQueueView,
  saveQueueView,
} from "../../src/app/denials/queue-views.ts";
import { RefusedChange } from "../../src/app/denials/refused-change.ts";
import { reprioritize } from "../../src/app/denials/reprioritize.ts";
import {
  assignWorkItem,
  callWorkItem,
  handOverWorkItem,
  planWorkItem,
  reopenWorkItem,
  resolveWorkItem,
  resumeWorkItem,
  showWorkItem,
  takeWorkItem,
  waitWorkItem,
} from "../../src/app/denials/work-items.ts";
import { addDays, priorityOf } from "../../src/billing/denials/index.ts";
import { type Practice, practices, TODAY } from "./practice.ts";
import { queueDrafts } from "./queue-items.ts";

const SEED = Number(process.env.QUEUE_SEED ?? Date.now() % 1_000_000);

type Row = Awaited<ReturnType<typeof listWorkItems>>["items"][number];

/** The queue as a list of rows is asked by hand: what the store's answer is held against. */
const TESTS: Readonly<Record<string, (row: Row, value: never) => boolean>> = {
  kind: (row, kind: string) => row.kind === kind,
  category: (row, category: string) => row.category === category,
  payer: (row, payer: string) => row.payerId === payer,
  owner: (row, owner: string) => row.owner === owner,
  status: (row, status: string) => row.status === status,
  reason: (row, reason: string) =>
    reason.includes("-")
      ? `${row.groupCode}-${row.reasonCode}` === reason
      : row.reasonCode === reason,
  assignee: (row, who: string) =>
    row.assignee === (who === "none" ? null : who.replace("me", "cli")),
  minCents: (row, least: number) => row.amountCents >= least,
  dueBefore: (row, day: string) => row.deadline < day,
  waitingBefore: (row, day: string) => row.waitingUntil !== null && row.waitingUntil < day,
};

const ORDERS: Readonly<Record<string, (a: Row, b: Row) => number>> = {
  priority: (a, b) => b.priority.score - a.priority.score || (a.id < b.id ? -1 : 1),
  deadline: (a, b) => a.deadline.localeCompare(b.deadline) || (a.id < b.id ? -1 : 1),
  amount: (a, b) => b.amountCents - a.amountCents || (a.id < b.id ? -1 : 1),
  age: (a, b) => (a.id < b.id ? -1 : 1),
};

describe(`the work queue, QUEUE_SEED=${SEED}`, () => {
  const newPractice = practices();

  /** A practice with items, some of which are held, wait or are resolved. */
  async function furnished(count: number): Promise<Practice> {
    const practice = newPractice();
    const { app, actor } = practice;
    const drafts = queueDrafts(count, SEED, TODAY);
    const items = await app.store.transaction((session) =>
      openItems(app, actor, drafts, session, () => undefined),
    );
    for (const [at, { id }] of items.entries()) {
      if (at % 7 === 1) await takeWorkItem(app, actor, id, {});
      if (at % 7 === 2) await assignWorkItem(app, actor, id, { assignee: "ana.b$c" });
      if (at % 7 === 3) await waitWorkItem(app, actor, id, { until: addDays(TODAY, (at % 9) - 4) });
      if (at % 7 === 4) await resolveWorkItem(app, actor, id, { outcome: "upheld" });
    }
    return practice;
  }

  async function all({ app, actor }: Practice, filter: WorkItemFilter): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | undefined;
    do {
      const page = await listWorkItems(app, actor, { ...filter, cursor, limit: 19 });
      rows.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return rows;
  }

  it("lists by every filter and in every order, page by page, what a look at each item finds", async () => {
    const practice = await furnished(77);
    const open = await all(practice, {});
    const resolved = await all(practice, { status: "resolved" });
    expect([open.length, resolved.length]).to.deep.equal([66, 11]);
    const filters: readonly WorkItemFilter[] = [
      {},
      { status: "waiting" },
      { kind: "denial" },
      { category: "bundled", owner: "coding" },
      { payer: "PAYER3" },
      { reason: "CO-197" },
      { reason: "29", minCents: 50_000 },
      { assignee: "me" },
      { assignee: "none", dueBefore: addDays(TODAY, 30) },
      { assignee: "ana.b$c", status: "in-progress" },
      { status: "waiting", waitingBefore: TODAY },
      { minCents: 100_000 },
    ];
    for (const filter of filters) {
      const wanted = open.filter((row) =>
        Object.entries(filter).every(([name, value]) => TESTS[name]?.(row, value as never)),
      );
      for (const [sort, order] of Object.entries(ORDERS)) {
        const what = JSON.stringify({ ...filter, sort });
        const found = await all(practice, { ...filter, sort });
        const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);
        expect(ids(found), what).to.deep.equal(ids([...wanted].sort(order)));
      }
    }
  });

  it("counts what a look at each item counts, after whatever was done, and when it counts anew", async () => {
    const practice = await furnished(42);
    const { app, actor } = practice;
    const counted = await countQueue(app, actor);
    const rows = await all(practice, {});
    const number = (test: (row: Row) => boolean) => rows.filter(test).length;
    expect(counted).to.deep.include({
      open: rows.length,
      mine: number(({ assignee }) => assignee === "cli"),
      unassigned: number(({ assignee }) => assignee === null),
      overdue: number(({ daysLeft }) => daysLeft < 0),
      dueThisWeek: number(({ daysLeft }) => daysLeft >= 0 && daysLeft < 7),
      amountCents: rows.reduce((sum, { amountCents }) => sum + amountCents, 0),
    });
    for (const [by, name] of [
      ["byKind", "kind"],
      ["byCategory", "category"],
      ["byOwner", "owner"],
    ] as const) {
      const sums: Record<string, number> = {};
      for (const row of rows) sums[row[name]] = (sums[row[name]] ?? 0) + 1;
      expect(counted[by], by).to.deep.equal(sums);
    }
    const again = rows.slice(0, 10);
    for (const { id } of again) await resolveWorkItem(app, actor, id, { outcome: "overturned" });
    for (const { id } of again.slice(0, 5))
      await reopenWorkItem(app, actor, id, { text: "paid wrongly" });
    const kept = await countQueue(app, actor);
    expect(kept.open).to.equal(rows.length - 5);
    await recountQueue(app, actor);
    expect(await countQueue(app, actor)).to.deep.equal(kept);
  });

  it("tells who is too late what the item is now, and changes nothing", async () => {
    const practice = await furnished(1);
    const { app, actor } = practice;
    const [row] = await all(practice, {});
    const { id = "", version = 0 } = row ?? {};
    const ana = { ...actor, id: "ana" };
    const taken = await takeWorkItem(app, ana, id, { version });
    const late = await takeWorkItem(app, actor, id, { version }).catch((error) => error);
    expect(late).to.be.instanceOf(RefusedChange);
    expect(late).to.include({ code: "stale", status: 409 });
    expect(late.current).to.deep.equal(taken);
    expect(await showWorkItem(app, actor, id)).to.deep.equal(taken);
    const rivals = ["ben", "cy"].map((who) =>
      takeWorkItem(app, { ...actor, id: who }, id, { version: taken.version }).then(
        () => "has it",
        ({ code }) => code,
      ),
    );
    expect((await Promise.all(rivals)).sort()).to.deep.equal(["has it", "stale"]);
  });

  it("keeps calls, next steps and hand-overs, sealed, and ranks the item anew", async () => {
    const practice = await furnished(1);
    const { app, actor } = practice;
    const [row] = await all(practice, {});
    const id = row?.id ?? "";
    const call = { who: "J. SECRET", reference: "C-77", text: "says SECRET" };
    await callWorkItem(app, actor, id, call);
    await planWorkItem(app, actor, id, { date: "2026-04-01", text: "SECRET again" });
    const item = await handOverWorkItem(app, actor, id, { assignee: "ana", text: "SECRET word" });
    expect(item.calls.map(({ who, by }) => `${who} by ${by}`)).to.deep.equal(["J. SECRET by cli"]);
    expect(item).to.include({ nextActionDate: "2026-04-01", nextActionText: "SECRET again" });
    expect(item).to.include({ assignee: "ana", status: "in-progress" });
    await waitWorkItem(app, actor, id, { until: "2026-04-02" });
    expect(await resumeWorkItem(app, actor, id, {})).to.include({ waitingUntil: null });
    const stored = await app.store.connection.collection("workItems").find({}).toArray();
    expect(JSON.stringify(stored)).to.not.include("SECRET");
  });

  it("ranks again what grows urgent, on the day, and what has no rank yet, and leaves the versions", async () => {
    const practice = await furnished(20);
    const { app, actor } = practice;
    const before = await all(practice, {});
    expect(await reprioritize(app, actor)).to.deep.equal({ ranked: 0 });
    const later = { ...app, now: () => new Date("2026-04-19T12:00:00Z") };
    const rising = before.filter(({ priority }) => (priority.until ?? "9999") <= "2026-04-19");
    const [first] = before;
    await practice.store.workItems.update({ _id: first?.id }, { $unset: { priority: "" } });
    const risen = rising.filter(({ id }) => id !== first?.id).length;
    expect(await reprioritize(later, actor)).to.deep.equal({ ranked: risen + 1 });
    for (const row of (await listWorkItems(later, actor, { limit: 100 })).items) {
      const item = await practice.store.workItems.findOne({ _id: row.id });
      if (item === undefined) throw new Error("the item is gone");
      expect(item.priority).to.deep.equal(priorityOf(item, "2026-04-19"));
      expect(item.version).to.equal(before.find(({ id }) => id === row.id)?.version);
    }
  });

  it("does one thing to many items, each with its event, and says which refuse and why", async () => {
    const practice = await furnished(21);
    const { app, actor } = practice;
    const rows = [...(await all(practice, {})), ...(await all(practice, { status: "resolved" }))];
    const ids = [...rows.map(({ id }) => id), "nobody's"];
    const input = { ids, action: "resolve", outcome: "upheld", text: "SECRET" } as const;
    const events = await practice.store.auditEvents.count({});
    const dry = await changeManyItems(app, actor, { ...input, dryRun: true });
    expect(dry).to.include({ dryRun: true, done: 18, refused: 4, more: false });
    expect(await practice.store.auditEvents.count({})).to.equal(events);
    expect(await all(practice, {})).to.have.length(18);
    const wet = await changeManyItems(app, actor, input);
    expect(wet).to.deep.equal({ ...dry, dryRun: false });
    const reasons = wet.items.flatMap(({ reason }) => reason ?? []).sort();
    expect(reasons).to.deep.equal(["not-found", "wrong-status", "wrong-status", "wrong-status"]);
    expect(await practice.store.auditEvents.count({ action: "work-item.resolve" })).to.equal(21);
    expect((await countQueue(app, actor)).open).to.equal(0);
    expect(await changeManyItems(app, actor, { ...input, ids })).to.include({
      done: 0,
      refused: 22,
    });
  });

  it("writes nothing off by the dozen: that moves money, and above a limit wants two people", async () => {
    const practice = await furnished(7);
    const ids = (await all(practice, {})).map(({ id }) => id);
    const input = { ids, action: "resolve", outcome: "written-off" } as const;
    const answer = await changeManyItems(practice.app, practice.actor, input);
    expect(answer).to.include({ done: 0, refused: ids.length });
    expect(new Set(answer.items.map(({ reason }) => reason))).to.deep.equal(
      new Set(["one-by-one"]),
    );
  });

  it("takes what a filter finds in hand, and refuses a bulk of nothing or of both", async () => {
    const practice = await furnished(21);
    const { app, actor } = practice;
    const free = await all(practice, { assignee: "none" });
    const answer = await changeManyItems(app, actor, {
      filter: { assignee: "none" },
      action: "take",
    });
    expect(answer).to.include({ done: free.length, refused: 0 });
    expect(await all(practice, { assignee: "none" })).to.have.length(0);
    for (const input of [{}, { ids: ["a"], filter: {} }]) {
      const code = await changeManyItems(app, actor, { ...input, action: "take" }).catch(
        (error) => error.code,
      );
      expect(code).to.equal("invalid");
    }
  });

  it("keeps views of one's own, shows others what is shared, and leaves the built-in ones alone", async () => {
    const { app, actor } = newPractice();
    const ana = { ...actor, id: "ana" };
    const names = async (who: typeof actor) =>
      (await listQueueViews(app, who)).items
        .filter(({ builtIn }) => !builtIn)
        .map(({ name, own, filter }) => `${name} ${own} ${JSON.stringify(filter)}`);
    await saveQueueView(app, actor, "A", {
      filter: { kind: "denial" },
      sort: "age",
      shared: false,
    });
    await saveQueueView(app, actor, "B", { filter: {}, sort: "amount", shared: true });
    await saveQueueView(app, actor, "A", {
      filter: { owner: "coding" },
      sort: "age",
      shared: false,
    });
    expect(await names(actor)).to.deep.equal(['A true {"owner":"coding"}', "B true {}"]);
    expect(await names(ana)).to.deep.equal(["B false {}"]);
    const refusal = await removeQueueView(app, ana, "B").catch(({ code }) => code);
    expect(refusal).to.equal("not-found");
    await removeQueueView(app, actor, "B");
    expect(await names(ana)).to.deep.equal([]);
    const input = { filter: {}, sort: "age", shared: false };
    const built = await saveQueueView(app, actor, "Mine", input).catch(({ code }) => code);
    expect(built).to.equal("state");
  });

  it("lists every built-in view", async () => {
    const practice = await furnished(30);
    const { items } = await listQueueViews(practice.app, practice.actor);
    for (const { name, filter, sort } of items) {
      const rows = await all(practice, { ...filter, sort });
      if (name === "Team") expect(rows).to.have.length(26);
      if (name === "Overdue") expect(rows.every(({ daysLeft }) => daysLeft < 0)).to.equal(true);
    }
    expect(items.map(({ name }) => name)).to.include.members(["Mine", "Waiting due"]);
  });
});
