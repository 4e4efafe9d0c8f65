/** find, getMore, killCursors, count, distinct, aggregate, explain. */
import { Long } from "bson";
import { runPipeline } from "../aggregate.ts";
import { type Doc, parsePath, valueAt } from "../bson-raw.ts";
import { type Command, type CommandTable, entry, namespaceOf, ok } from "../command.ts";
import { firstBatch, killCursor, nextBatch } from "../cursors.ts";
import { fault, unsupported } from "../errors.ts";
import { fieldValues } from "../index-keys.ts";
import { keyOf } from "../key-string.ts";
import type { Plan } from "../planner.ts";
import { compileProjection } from "../project.ts";
import { countMatching, matching, planOf, type Query, runQuery } from "../query.ts";
import { parseSort } from "../sort.ts";
import type { Row } from "../tables.ts";
import { countOf, documentOf, documentsOf } from "../values.ts";

/** Returns the query of a find command. */
export function queryOf(body: Doc): Query {
  const limit = countOf(body.limit, "limit", 0);
  return {
    filter: documentOf(body.filter, "filter"),
    sort: parseSort(documentOf(body.sort, "sort")),
    skip: countOf(body.skip, "skip", 0),
    limit: limit === 0 ? Number.POSITIVE_INFINITY : limit,
  };
}

function* rawRows(rows: Iterable<Row>, project: ((raw: Buffer) => Buffer) | null) {
  for (const { raw } of rows) yield project ? project(raw) : raw;
}

const find: Command = ({ store, cursors }, request) => {
  const { body, transaction } = request;
  const ns = namespaceOf(request);
  const collection = store.collections.get(ns) ?? null;
  const query = queryOf(body);
  const fields = documentOf(body.projection, "projection");
  const project = Object.keys(fields).length > 0 ? compileProjection(fields) : null;
  const { plan } = request;
  const used = plan ? [plan, ...plan.union].flatMap(({ index }) => index ?? []) : [];
  const isCurrent = used.every((index) => collection?.indexes.includes(index));
  const planned = isCurrent ? plan : null; // an index may have been dropped since
  const found = collection ? runQuery(store, transaction, collection, query, planned) : [];
  const results = { ns, rows: rawRows(found, project), transaction, collection };
  return firstBatch(cursors, results, body.batchSize, body.singleBatch === true);
};

/** Returns a cursor's id from a command. */
export function cursorId(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  if (Number.isInteger(value)) return BigInt(value as number);
  throw fault(14, "a cursor id must be a long");
}

const getMore: Command = ({ cursors }, { body, transaction }) =>
  nextBatch(cursors, cursorId(body.getMore), transaction, body.batchSize);

const killCursors: Command = ({ cursors }, { body }) => {
  const ids = Array.isArray(body.cursors) ? body.cursors : [];
  const cursorsKilled = ids.filter((id) => killCursor(cursors, cursorId(id)));
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
  return ok({ cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] });
};

const count: Command = ({ store }, request) => {
  const { body, transaction } = request;
  const collection = store.collections.get(namespaceOf(request));
  if (!collection) return ok({ n: 0 });
  const all = countMatching(store, transaction, collection, documentOf(body.query, "query"));
  const left = Math.max(0, all - countOf(body.skip, "skip", 0));
  const limit = countOf(body.limit, "limit", 0);
  return ok({ n: limit === 0 ? left : Math.min(left, limit) });
};

const distinct: Command = ({ store }, request) => {
  const { body, transaction } = request;
  if (body.key === undefined) throw fault(40414, "BSON field 'distinct.key' is missing");
  if (typeof body.key !== "string") throw fault(14, "distinct needs a key");
  const collection = store.collections.get(namespaceOf(request));
  const path = parsePath(body.key);
  const values = new Map<string, unknown>();
  const query = matching(documentOf(body.query, "query"));
  for (const { raw } of collection ? runQuery(store, transaction, collection, query) : []) {
    const { pairs } = fieldValues(raw, path);
    for (let i = 0; i < pairs.length; i += 2) {
      const [type, at] = [pairs[i] as number, pairs[i + 1] as number];
      const value = type > 0 ? valueAt(raw, type, at) : undefined;
      const key = keyOf(value).toString("latin1");
      if (value !== undefined && !values.has(key)) values.set(key, value);
    }
  }
  return ok({ values: [...values.values()] });
};

const aggregate: Command = ({ store, cursors }, request) => {
  const { body, db, transaction } = request;
  if (typeof body.aggregate !== "string") throw unsupported("an aggregation without a collection");
  const ns = namespaceOf(request);
  const pipeline = documentsOf(body.pipeline, "pipeline");
  if (body.cursor === undefined) throw fault(9, "The 'cursor' option is required");
  const { batchSize } = documentOf(body.cursor, "cursor");
  const rows = runPipeline({ store, transaction, db }, ns, pipeline);
  const collection = store.collections.get(ns) ?? null;
  return firstBatch(cursors, { ns, rows, transaction, collection }, batchSize);
};

function explainedQuery(command: Doc): Query {
  if ("find" in command) return queryOf(command);
  if ("aggregate" in command) {
    const [first] = documentsOf(command.pipeline, "pipeline");
    return matching(documentOf(first?.$match, "$match"));
  }
  return matching(documentOf(command.query, "query"));
}

function explained(plan: Plan): Doc {
  const isUnion = plan.union.length > 0;
  return {
    stage: isUnion ? "OR" : plan.index ? "IXSCAN" : "COLLSCAN",
    inputStages: isUnion ? plan.union.map(explained) : undefined,
    indexName: plan.index?.name,
    keyPattern: plan.index ? Object.fromEntries(plan.index.key) : undefined,
    ranges: plan.ranges.length,
    sortedByIndex: plan.sorted,
    filterNeeded: !plan.exact,
  };
}

const explain: Command = ({ store }, { body, db, transaction }) => {
  const command = documentOf(body.explain, "explain");
  const name = command.find ?? command.aggregate ?? command.count ?? command.distinct;
  if (typeof name !== "string") throw unsupported("an explanation of this command");
  const collection = store.collections.get(`${db}.${name}`);
  if (!collection) return ok({ queryPlanner: { winningPlan: { stage: "EOF" } } });
  const plan = planOf(store, transaction, collection, explainedQuery(command));
  return ok({ queryPlanner: { namespace: collection.ns, winningPlan: explained(plan) } });
};

const FIND = ["filter", "projection", "sort", "skip", "limit", "batchSize", "singleBatch"];
const within = { inTransaction: true };

/** The commands of this file by name. */
export const READS: CommandTable = {
  find: entry(find, FIND, within),
  getMore: entry(getMore, ["collection", "batchSize"], within),
  killCursors: entry(killCursors, ["cursors"], within),
  count: entry(count, ["query", "skip", "limit"]),
  distinct: entry(distinct, ["key", "query"], within),
  aggregate: entry(aggregate, ["pipeline", "cursor"], within),
  explain: entry(explain, ["verbosity"]),
};
