/** The stages of a pipeline, one table: name → how it is compiled to a step over a stream. */
import { ACCUMULATORS, groupKey } from "./accumulators.ts";
import { type Doc, decode, decodeFields, encode } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { compileExpression, pathsIn, valueAtPath } from "./expression.ts";
import { compileMatcher } from "./match.ts";
import type { SortSpec } from "./planner.ts";
import { compileProjection } from "./project.ts";
import { parseSort, sortRows } from "./sort.ts";
import { countOf, documentOf, documentsOf, isDocument } from "./values.ts";

/** A document on its way: raw as long as no stage needs its values. */
type Item = Buffer | Doc;
/** Documents in order, made as they are asked for. */
export type Stream = Iterable<Item>;
/** A compiled stage. */
export type Step = (input: Stream) => Stream;
/** A stage as name and specification. */
export type Stage = readonly [name: string, spec: unknown];

/** What stages that hold pipelines are given. */
export interface Tools {
  run(collection: string, pipeline: readonly Doc[]): Iterable<Buffer>;
  compose(pipeline: readonly Doc[]): Step;
}

/** Makes a step; `fields` are those that this and the later stages read, null for all. */
export type Compile = (spec: unknown, tools: Tools, fields: readonly string[] | null) => Step;

/** Returns a document of a stream as raw BSON. */
export function rawOf(item: Item): Buffer {
  return Buffer.isBuffer(item) ? item : encode(item);
}

function docOf(item: Item, fields: readonly string[] | null): Doc {
  if (!Buffer.isBuffer(item)) return item;
  return fields ? decodeFields(item, fields) : decode(item);
}

/** Behind these nothing is left of a document but what they have read. */
const CLOSING: ReadonlySet<string> = new Set(["$group", "$sortByCount", "$count"]);

/** Returns the top-level fields that are read from here on, or null where the whole document is needed. */
export function fieldsRead(stages: readonly Stage[]): string[] | null {
  const end = stages.findIndex(([name]) => CLOSING.has(name));
  const others = stages.slice(0, Math.max(end, 0)).filter(([name]) => name !== "$unwind");
  if (end < 0 || others.length > 0) return null;
  const paths = stages.slice(0, end + 1).flatMap(([, spec]) => pathsIn(spec));
  if (paths.some((path) => /^\$\$(ROOT|CURRENT)/.test(path))) return null;
  return [...new Set(paths.map((path) => path.slice(1).split(".")[0] as string))];
}

function each(change: (item: Item) => Item | null): Step {
  return function* (input) {
    for (const item of input) {
      const changed = change(item);
      if (changed) yield changed;
    }
  };
}

const match: Compile = (spec) => {
  const test = compileMatcher(documentOf(spec, "$match"));
  return each((item) => (test(rawOf(item)) ? item : null));
};

/** Returns the order of a `$sort`. */
export function sortOf(spec: unknown): SortSpec {
  const order = parseSort(documentOf(spec, "$sort"));
  if (order.length === 0) throw fault(15976, "$sort stage must have at least one sort key");
  return order;
}

const sort: Compile = (spec) => {
  const order = sortOf(spec);
  return function* (input) {
    const rows = Array.from(input, (item) => ({ raw: rawOf(item), item }));
    for (const { item } of sortRows(rows, order, Number.POSITIVE_INFINITY)) yield item;
  };
};

/** Returns how many documents a `$limit` lets through. */
export function limitOf(spec: unknown): number {
  const limit = countOf(spec, "$limit", 0, 5107201);
  if (limit === 0) throw fault(15958, "the limit must be positive");
  return limit;
}

const limit: Compile = (spec) => {
  const most = limitOf(spec);
  return function* (input) {
    let left = most;
    for (const item of input) {
      yield item;
      if (--left === 0) return;
    }
  };
};

/** Returns how many documents a `$skip` passes over. */
export function skipOf(spec: unknown): number {
  return countOf(spec, "$skip", 0, 5107200);
}

const skip: Compile = (spec) => {
  const count = skipOf(spec);
  return function* (input) {
    let position = 0;
    for (const item of input) if (position++ >= count) yield item;
  };
};

const project = (spec: unknown): Step => {
  const fields = documentOf(spec, "$project");
  if (Object.keys(fields).length === 0) throw fault(51272, "projection must have a field");
  const apply = compileProjection(fields);
  return each((item) => apply(rawOf(item)));
};

/** `$unset`. */
export const unset = (spec: unknown): Step => {
  const names = Array.isArray(spec) ? spec : [spec];
  if (!names.every((name) => typeof name === "string")) throw fault(31002, "$unset takes names");
  return project(Object.fromEntries(names.map((name) => [name, 0])));
};

/** Returns a copy of a value with one path set; arrays are gone through element by element. */
function withPath(value: unknown, path: readonly string[], set: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return set;
  if (Array.isArray(value)) return value.map((element) => withPath(element, path, set));
  const { [step]: old, ...others } = isDocument(value) ? value : {};
  const next = withPath(old, rest, set);
  return next === undefined ? others : { ...(isDocument(value) ? value : {}), [step]: next };
}

/** `$addFields` and `$set`. */
export const addFields = (spec: unknown): Step => {
  const compiled = Object.entries(documentOf(spec, "$addFields")).map(
    ([name, value]) => [name.split("."), compileExpression(value)] as const,
  );
  return each((item) => {
    const source = docOf(item, null);
    let out: unknown = source;
    for (const [path, evaluate] of compiled) out = withPath(out, path, evaluate(source));
    return out as Doc;
  });
};

const group: Compile = (spec, _tools, fields) => {
  if (!isDocument(spec)) throw fault(15947, "a group's fields must be specified in an object");
  if (!("_id" in spec)) throw fault(15955, "a group must have an _id");
  const { _id, ...rest } = spec;
  const idOf = compileExpression(_id);
  const columns = Object.entries(rest).map(([name, accumulator]) => {
    const [entry, ...others] = isDocument(accumulator) ? Object.entries(accumulator) : [];
    if (!entry) throw fault(40234, `The field '${name}' must be an accumulator`);
    if (others.length > 0) throw fault(40238, `The field '${name}' must have one accumulator`);
    const make = ACCUMULATORS[entry[0]];
    if (!make) throw fault(15952, `unknown group operator '${entry[0]}'`);
    return { name, make, evaluate: compileExpression(entry[1]) };
  });
  return function* (input) {
    const start = (id: unknown) => ({ id: id ?? null, values: columns.map(({ make }) => make()) });
    const groups = new Map<string, ReturnType<typeof start>>();
    for (const item of input) {
      const doc = docOf(item, fields);
      const id = idOf(doc);
      const key = groupKey(id ?? null);
      let found = groups.get(key);
      if (!found) {
        found = start(id);
        groups.set(key, found);
      }
      for (let i = 0; i < columns.length; i++) found.values[i]?.add(columns[i]?.evaluate(doc));
    }
    for (const { id, values } of groups.values()) {
      const out: Doc = { _id: id };
      columns.forEach(({ name }, i) => {
        out[name] = values[i]?.result();
      });
      yield out;
    }
  };
};

const sortByCount: Compile = (spec, tools) =>
  tools.compose([{ $group: { _id: spec, count: { $sum: 1 } } }, { $sort: { count: -1 } }]);

/** Returns the field that a `$count` gives. */
export function countField(spec: unknown): string {
  if (typeof spec !== "string") throw fault(40156, "the count field must be a string");
  if (spec === "") throw fault(40157, "the count field must be a non-empty string");
  if (spec.startsWith("$")) throw fault(40158, "the count field cannot be a $-prefixed path");
  if (spec.includes(".")) throw fault(40160, "the count field cannot contain '.'");
  return spec;
}

const count: Compile = (spec, tools) => {
  const field = countField(spec);
  return tools.compose([{ $group: { _id: null, [field]: { $sum: 1 } } }, { $project: { _id: 0 } }]);
};

const unwind: Compile = (spec, _tools, fields) => {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = isDocument(spec)
    ? spec
    : { path: spec };
  if (path === undefined) throw fault(28812, "no path specified to $unwind stage");
  if (typeof path !== "string" || !/^\$[^$]/.test(path)) {
    throw fault(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  const steps = path.slice(1).split(".");
  const indexed = typeof includeArrayIndex === "string" ? includeArrayIndex.split(".") : null;
  const made = (doc: Doc, value: unknown, index: number | null): Doc => {
    const out = withPath(doc, steps, value);
    return (indexed ? withPath(out, indexed, index) : out) as Doc;
  };
  return function* (input) {
    for (const item of input) {
      const doc = docOf(item, fields);
      const value = valueAtPath(doc, steps) ?? null;
      const elements = Array.isArray(value) ? value : [];
      for (const [i, element] of elements.entries()) yield made(doc, element, i);
      if (elements.length > 0) continue;
      if (value !== null && !Array.isArray(value)) yield made(doc, value, null);
      else if (preserveNullAndEmptyArrays === true) {
        yield made(doc, Array.isArray(value) ? undefined : valueAtPath(doc, steps), null);
      }
    }
  };
};

/** Puts the values of variables in place of their names, so that an inner pipeline needs no variables. */
function bound(value: unknown, names: readonly string[], values: Doc): unknown {
  if (Array.isArray(value)) return value.map((item) => bound(item, names, values));
  if (isDocument(value)) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, bound(v, names, values)]));
  }
  if (typeof value !== "string" || !value.startsWith("$$")) return value;
  const path = value.slice(2).split(".");
  if (!names.includes(path[0] as string)) return value;
  const found = valueAtPath(values, path);
  return found === undefined ? "$$REMOVE" : { $literal: found };
}

const lookup: Compile = (spec, tools) => {
  const given = documentOf(spec, "$lookup");
  const { from, as, localField, foreignField, let: variables, pipeline, ...rest } = given;
  const fields = [localField, foreignField];
  const joins = fields.every((field) => typeof field === "string");
  const isWhole = joins || (pipeline !== undefined && fields.every((f) => f === undefined));
  if (typeof from !== "string" || typeof as !== "string" || !isWhole || Object.keys(rest)[0]) {
    throw fault(9, "$lookup takes from, as, and localField with foreignField, a pipeline, or both");
  }
  const inner = documentsOf(pipeline ?? [], "pipeline");
  const names = Object.keys(documentOf(variables, "let"));
  const valuesOf = compileExpression(variables ?? {});
  const local = joins ? String(localField).split(".") : [];
  return each((item) => {
    const doc = docOf(item, null);
    const value = valueAtPath(doc, local) ?? null;
    const filter = {
      [String(foreignField)]: Array.isArray(value) ? { $in: value } : { $eq: value },
    };
    const stages = bound(inner, names, valuesOf(doc) as Doc) as Doc[];
    const found = tools.run(from, joins ? [{ $match: filter }, ...stages] : stages);
    return withPath(
      doc,
      as.split("."),
      Array.from(found, (raw) => decode(raw)),
    ) as Doc;
  });
};

const replaceRoot = (spec: unknown): Step => {
  const evaluate = compileExpression(isDocument(spec) ? spec.newRoot : undefined);
  return each((item) => {
    const root = evaluate(docOf(item, null));
    if (!isDocument(root)) throw fault(40228, "'newRoot' must evaluate to an object");
    return root;
  });
};

const facet: Compile = (spec, tools) => {
  const parts = Object.entries(documentOf(spec, "$facet")).map(
    ([name, pipeline]) => [name, tools.compose(documentsOf(pipeline, name))] as const,
  );
  if (parts.length === 0) throw fault(40169, "the $facet specification must be a non-empty object");
  return function* (input) {
    const all = [...input];
    const results = parts.map(([name, run]) => [name, Array.from(run(all), (i) => docOf(i, null))]);
    yield Object.fromEntries(results);
  };
};

/** Every stage by name. */
export const STAGES: Readonly<Record<string, Compile>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $project: project,
  $unset: unset,
  $addFields: addFields,
  $set: addFields,
  $group: group,
  $sortByCount: sortByCount,
  $count: count,
  $unwind: unwind,
  $lookup: lookup,
  $replaceRoot: replaceRoot,
  $replaceWith: (spec) => replaceRoot({ newRoot: spec }),
  $facet: facet,
};
