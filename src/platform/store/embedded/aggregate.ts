/** Runs an aggregation pipeline: its first stages by the planner, the others over a stream of documents. */
import { type Doc, encode } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { compileFilter } from "./match.ts";
import { countMatching, matching, type Query, runQuery } from "./query.ts";
import {
  type Compile,
  countField,
  fieldsRead,
  limitOf,
  rawOf,
  STAGES,
  type Stage,
  type Step,
  type Stream,
  skipOf,
  sortOf,
  type Tools,
} from "./stages.ts";
import type { Store, Transaction } from "./store.ts";
import { documentOf } from "./values.ts";

/** Where a pipeline runs. */
export interface PipelineContext {
  readonly store: Store;
  readonly transaction: Transaction | null;
  readonly db: string;
}

const MAX_STAGES = 1000;

function stageOf(stage: Doc): Stage {
  const [entry, ...others] = Object.entries(stage);
  if (!entry || others.length > 0) {
    throw fault(40323, "A pipeline stage specification object must contain exactly one field.");
  }
  if (!Object.hasOwn(STAGES, entry[0])) {
    throw fault(40324, `Unrecognized pipeline stage name: '${entry[0]}'`);
  }
  return entry;
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
      query = { ...query, sort: sortOf(spec) };
    } else if (name === "$skip" && query.limit === Number.POSITIVE_INFINITY) {
      query = { ...query, skip: query.skip + skipOf(spec) };
    } else if (name === "$limit") {
      query = { ...query, limit: Math.min(query.limit, limitOf(spec)) };
    } else break;
    used++;
  }
  const [filter = {}] = filters;
  return [{ ...query, filter: filters.length > 1 ? { $and: filters } : filter }, used];
}

/** Returns what a pipeline that only counts answers, as `countDocuments` sends it. */
function counting(stages: readonly Stage[]): ((n: number) => Doc) | undefined {
  const [stage, ...others] = stages;
  if (!stage || others.length > 0) return undefined;
  const [name, spec] = stage;
  if (name === "$count") {
    const field = countField(spec);
    return (n) => ({ [field]: n });
  }
  const isCount = name === "$group" && JSON.stringify(spec) === '{"_id":1,"n":{"$sum":1}}';
  return isCount ? (n) => ({ _id: 1, n }) : undefined;
}

function* rawRows(rows: Iterable<{ readonly raw: Buffer }>): Generator<Buffer> {
  for (const { raw } of rows) yield raw;
}

function* encoded(stream: Stream): Generator<Buffer> {
  for (const item of stream) yield rawOf(item);
}

/** Returns the results of a pipeline as raw BSON. */
export function runPipeline(
  context: PipelineContext,
  ns: string,
  pipeline: readonly Doc[],
): IterableIterator<Buffer> {
  if (pipeline.length > MAX_STAGES) throw fault(7749501, "the pipeline has too many stages");
  const stages = pipeline.map(stageOf);
  const { store, transaction } = context;
  const collection = store.collections.get(ns);
  const [query, used] = leadingQuery(stages);
  const rest = stages.slice(used);
  const answer = counting(rest);
  const plain = query.sort.length === 0 && query.skip === 0 && query.limit === Infinity;
  if (answer && plain) {
    const n = collection ? countMatching(store, transaction, collection, query.filter) : 0;
    return (n > 0 ? [encode(answer(n))] : []).values();
  }
  const rows = collection ? runQuery(store, transaction, collection, query) : [];
  return encoded(composeStages(context, rest)(rawRows(rows)));
}

function composeStages(context: PipelineContext, stages: readonly Stage[]): Step {
  const tools: Tools = {
    run: (name, pipeline) => runPipeline(context, `${context.db}.${name}`, pipeline),
    compose: (pipeline) => composeStages(context, pipeline.map(stageOf)),
  };
  const steps = stages.map(([name, spec], i) =>
    (STAGES[name] as Compile)(spec, tools, fieldsRead(stages.slice(i))),
  );
  return (stream) => steps.reduce((input, step) => step(input), stream);
}
