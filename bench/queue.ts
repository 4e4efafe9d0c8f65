/** How long the first page of a view of the queue takes with 100,000 open items, against 10,000. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor, App } from "../src/app/context.ts";
import { listWorkItems, QUEUE_SORTS, type WorkItemFilter } from "../src/app/denials/list-queue.ts";
import { openItems } from "../src/app/denials/open-work-items.ts";
import { countQueue } from "../src/app/denials/queue-counts.ts";
import { listQueueViews } from "../src/app/denials/queue-views.ts";
import { assignWorkItem, takeWorkItem, waitWorkItem } from "../src/app/denials/work-items.ts";
import { newIds } from "../src/app/open-app.ts";
import { addDays } from "../src/billing/denials/index.ts";
import { openStore } from "../src/platform/store/index.ts";
import { actorOf, appOn, TODAY } from "../test/app/practice.ts";
import { queueDrafts } from "../test/app/queue-items.ts";
import { testKeys } from "../test/keys.ts";
import { median } from "./embedded-store.ts";
import type { BenchResult } from "./result.ts";

/** The time may grow by half while the queue grows tenfold. */
const TARGET = 1 / 1.5;
const STORED_AT_ONCE = 1000;
const HELD = 200;
const PAGE = 100;

/** A queue to ask, and how many are in it. */
interface Queue {
  readonly app: App;
  readonly actor: Actor;
  readonly items: number;
}

/** The views that everybody begins with, and each usual filter in each order. */
async function viewsOf({ app, actor }: Queue): Promise<(readonly [string, WorkItemFilter])[]> {
  const { items } = await listQueueViews(app, actor);
  const filters: readonly WorkItemFilter[] = [
    {},
    { kind: "rejection" },
    { category: "bundled" },
    { payer: "PAYER7" },
    { owner: "coding" },
    { assignee: "ana" },
    { reason: "CO-197" },
    { minCents: 250_000 },
    { dueBefore: addDays(TODAY, 7) },
    { payer: "PAYER7", category: "bundled", owner: "coding" },
  ];
  return [
    ...items.map(({ name, filter, sort }) => [name, { ...filter, sort }] as const),
    ...filters.flatMap((filter) =>
      QUEUE_SORTS.map(
        (sort) => [JSON.stringify({ ...filter, sort }), { ...filter, sort }] as const,
      ),
    ),
  ];
}

/** Fills a queue; some of its items are held or wait. */
async function fill(queue: Queue): Promise<void> {
  const { app, actor, items } = queue;
  const ids: string[] = [];
  for (let at = 0; at < items; at += STORED_AT_ONCE) {
    const drafts = queueDrafts(STORED_AT_ONCE, at + 1, TODAY);
    await app.store.transaction(async (session) => {
      const opened = await openItems(app, actor, drafts, session, () => undefined);
      if (at < HELD * 3) ids.push(...opened.map(({ id }) => id));
    });
  }
  for (const [at, id] of ids.slice(0, HELD * 3).entries()) {
    if (at % 3 === 0) await takeWorkItem(app, actor, id, {});
    if (at % 3 === 1) await assignWorkItem(app, actor, id, { assignee: "ana" });
    if (at % 3 === 2) await waitWorkItem(app, actor, id, { until: addDays(TODAY, (at % 40) - 20) });
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Times of one view, or of the counts, in both queues, in turns; the first turn warms up. */
async function measure(
  queues: readonly [Queue, Queue],
  rounds: number,
  ask: (queue: Queue) => Promise<unknown>,
): Promise<readonly [small: number[], large: number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    for (const side of [0, 1] as const) {
      const time = await timeOf(() => ask(queues[side]));
      if (round > 0) times[side].push(time);
    }
  }
  return times;
}

function p95(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

/** The first page of every view, and the counts: time at 10,000 items over time at 100,000. */
export async function queue({ smoke }: { smoke: boolean }): Promise<BenchResult[]> {
  const sizes = smoke ? ([1000, 10_000] as const) : ([10_000, 100_000] as const);
  const rounds = smoke ? 3 : 15;
  const directory = mkdtempSync(join(tmpdir(), "cw-bench-"));
  const store = await openStore({ directory }, testKeys());
  const app = appOn(
    store,
    newIds(() => Date.now()),
  );
  try {
    const [small, large] = sizes.map((items) => {
      return { app, actor: actorOf(`of ${items}`), items };
    }) as [Queue, Queue];
    for (const each of [small, large]) await fill(each);
    const measured: { view: string; small: number[]; large: number[] }[] = [];
    for (const [view, filter] of await viewsOf(large)) {
      const [few, many] = await measure([small, large], rounds, ({ app, actor }) =>
        listWorkItems(app, actor, { ...filter, limit: PAGE }),
      );
      measured.push({ view, small: few, large: many });
    }
    const counts = await measure([small, large], rounds, ({ app, actor }) =>
      countQueue(app, actor),
    );
    return [
      resultOf("queue: first page of all views", sizes, measured),
      worstOf(sizes, measured),
      resultOf("queue: counts", sizes, [{ view: "counts", small: counts[0], large: counts[1] }]),
    ];
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

type Measured = readonly {
  readonly view: string;
  readonly small: number[];
  readonly large: number[];
}[];

function resultOf(name: string, sizes: readonly number[], measured: Measured): BenchResult {
  const [few, many] = [
    measured.flatMap(({ small }) => small),
    measured.flatMap(({ large }) => large),
  ];
  return {
    name,
    ratio: median(few) / median(many),
    target: TARGET,
    detail:
      `median ${median(few).toFixed(1)} ms of ${sizes[0]}, ${median(many).toFixed(1)} ms of ${sizes[1]}; ` +
      `p95 ${p95(few).toFixed(1)} and ${p95(many).toFixed(1)} ms`,
  };
}

/** The view that grows most. */
function worstOf(sizes: readonly number[], measured: Measured): BenchResult {
  const worst = [...measured].sort(
    (a, b) => median(a.small) / median(a.large) - median(b.small) / median(b.large),
  );
  const slowest = [...measured].sort((a, b) => median(b.large) - median(a.large));
  const result = resultOf("queue: the view that grows most", sizes, worst.slice(0, 1));
  const [slow] = slowest;
  return {
    ...result,
    detail: `${worst[0]?.view}: ${result.detail}; slowest is ${slow?.view}, ${median(slow?.large ?? []).toFixed(1)} ms`,
  };
}
