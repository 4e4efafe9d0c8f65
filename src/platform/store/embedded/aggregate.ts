/** Runs an aggregation pipeline: its first stages by the planner, the others over a stream of documents. */
import { type Doc, encode } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { type Item, itemOf, rawOf } from "./item.ts";
import { compileFilter } from "./match.ts";
import { countMatching, matching, type Query, runQuery } from "./query.ts";
import { parseSort } from "./sort.ts";
import { STAGES, type Stages, type Stream } from "./stages.ts";
import type { Store, Transaction } from "./store.ts";
import { countOf, documentOf } from "./values.ts";

/** Where a pipeline runs. */
export interface PipelineContext {
  readonly store: Store;
  readonly transaction: Transaction | null;
  readonly db: string;
}

/** A stage as name and specification. */
type Stage = readonly [name: string, spec: unknown];

const MAX_STAGES = 1000;

function stageOf(stage: Doc): Stage {
  const [entry, ...others] = Object.entries(stage);
  if (!entry || others.length > 0) {
    throw fault(40323, "A pipeline stage specification object must contain exactly one field.");
  }
  const [name, spec] = entry;
  if (!(name in STAGES)) throw fault(40324, `Unrecognized pipeline stage name: '${name}'`);
  return [name, spec];
}

/** The stages that the planner can serve, folded into one query, and how many they were. */
function leadingQuery(stages: readonly Stage[]): [query: Query, used: number] {
  const filters: Doc[] = [];
  let query = matching({});
  let used = 0;
  for (const [name, spec] of stages) {
    const unlimited = query.limit === Number.POSITIVE_INFINITY && query.skip === 0;
    if (name === "$match" && unlimited && query.sort.length === 0) {
      const filter = documentOf(spec, "$match");
      compileFilter(filter);
      filters.push(filter);
    } else if (name === "$sort" && unlimited && query.sort.length === 0) {
      query = { ...query, sort: parseSort(documentOf(spec, "$sort")) };
    } else if (name === "$skip" && query.limit === Number.POSITIVE_INFINITY) {
      query = { ...query, skip: query.skip + countOf(spec, "$skip", 0) };
    } else if (name === "$limit") {
      query = { ...query, limit: Math.min(query.limit, limitOf(spec)) };
    } else break;
    used++;
  }
  const [filter = {}] = filters;
  return [{ ...query, filter: filters.length > 1 ? { $and: filters } : filter }, used];
}

function limitOf(spec: unknown): number {
  const limit = countOf(spec, "$limit", 0);
  if (limit === 0) throw fault(15958, "the limit must be positive");
  return limit;
}

/** Returns the field that a pipeline which only counts gives, as `countDocuments` sends it. */
function countField(stages: readonly Stage[]): { field: string; id?: unknown } | undefined {
  const [stage, ...others] = stages;
  if (!stage || others.length > 0) return undefined;
  const [name, spec] = stage;
  if (name === "$count" && typeof spec === "string") return { field: spec };
  if (name === "$group" && JSON.stringify(spec) === '{"_id":1,"n":{"$sum":1}}') {
    return { field: "n", id: 1 };
  }
  return undefined;
}

function* items(rows: Iterable<{ readonly raw: Buffer }>): Stream {
  for (const { raw } of rows) yield itemOf(raw);
}

function* encoded(stream: Iterable<Item>): Generator<Buffer> {
  for (const item of stream) yield rawOf(item);
}

/** Returns the results of a pipeline as raw BSON. */
export function runPipeline(
  context: PipelineContext,
  ns: string,
  pipeline: readonly Doc[],
): Iterator<Buffer> {
  if (pipeline.length > MAX_STAGES) throw fault(7749501, "the pipeline has too many stages");
  const stages = pipeline.map(stageOf);
  const { store, transaction } = context;
  const collection = store.collections.get(ns);
  const [query, used] = leadingQuery(stages);
  const rest = stages.slice(used);
  const counted = countField(rest);
  const plain = query.sort.length === 0 && query.skip === 0 && query.limit === Infinity;
  if (counted && plain) {
    const n = collection ? countMatching(store, transaction, collection, query.filter) : 0;
    const { field, id } = counted;
    const result = id === undefined ? { [field]: n } : { _id: id, [field]: n };
    return (n > 0 ? [encode(result)] : []).values();
  }
  const rows = collection ? runQuery(store, transaction, collection, query) : [];
  const run = composeStages(context, rest);
  return encoded(run(items(rows)));
}

function composeStages(context: PipelineContext, stages: readonly Stage[]) {
  const tools: Stages = {
    find: (name, filter) => {
      const collection = context.store.collections.get(`${context.db}.${name}`);
      if (!collection) return [];
      return runQuery(context.store, context.transaction, collection, matching(filter));
    },
    compose: (inner) => composeStages(context, inner.map(stageOf)),
  };
  const compiled = stages.map(([name, spec], i) => {
    const later = stages.slice(i).map(([n, s]) => ({ [n]: s }));
    const compile = STAGES[name];
    if (!compile) throw fault(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(spec, tools, later);
  });
  return (stream: Stream): Stream => compiled.reduce((s, stage) => stage(s), stream);
}
