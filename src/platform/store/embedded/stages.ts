/** The stages of a pipeline, one table: name → how it is compiled to a step over a stream. */
import { accumulatorOf, groupKey } from "./accumulators.ts";
import { type Doc, type PathStep, parsePath } from "./bson-raw.ts";
import { dependencies } from "./dependencies.ts";
import { fault, unsupported } from "./errors.ts";
import { compileExpression, NO_VARIABLES, valueAtPath } from "./expression.ts";
import { docOf, type Item, itemOf, itemOfDoc, rawOf } from "./item.ts";
import { compileMatcher } from "./match.ts";
import { compileProjection } from "./project.ts";
import { parseSort, sortRows } from "./sort.ts";
import { countOf, documentOf, documentsOf, isDocument } from "./values.ts";

/** Documents in order, made as they are asked for. */
export type Stream = Generator<Item>;
/** A compiled stage. */
export type Step = (input: Stream) => Stream;

/** What stages that look elsewhere are given. */
export interface Stages {
  find(collection: string, filter: Doc): Iterable<{ readonly raw: Buffer }>;
  compose(pipeline: readonly Doc[]): Step;
}

type Compile = (spec: unknown, tools: Stages, later: readonly Doc[]) => Step;

/** Returns the fields that this and the later stages read, or null for all. */
function fieldsFor(later: readonly Doc[]): PathStep[] | null {
  return dependencies(later)?.flatMap((name) => parsePath(name)) ?? null;
}

function perItem(change: (item: Item) => Item | null): Step {
  return function* (input) {
    for (const item of input) {
      const changed = change(item);
      if (changed) yield changed;
    }
  };
}

const match: Compile = (spec) => {
  const test = compileMatcher(documentOf(spec, "$match"));
  return perItem((item) => (test(rawOf(item)) ? item : null));
};

const sort: Compile = (spec) => {
  const order = parseSort(documentOf(spec, "$sort"));
  return function* (input) {
    const rows = function* () {
      for (const item of input) yield { raw: rawOf(item), item };
    };
    for (const { item } of sortRows(rows(), order, Number.POSITIVE_INFINITY)) yield item;
  };
};

const limit: Compile = (spec) => {
  const most = countOf(spec, "$limit", 0);
  if (most === 0) throw fault(15958, "the limit must be positive");
  return function* (input) {
    let left = most;
    for (const item of input) {
      yield item;
      if (--left === 0) return;
    }
  };
};

const skip: Compile = (spec) => {
  const count = countOf(spec, "$skip", 0);
  return function* (input) {
    let position = 0;
    for (const item of input) if (position++ >= count) yield item;
  };
};

const project: Compile = (spec) => {
  const fields = documentOf(spec, "$project");
  if (Object.keys(fields).length === 0) throw fault(51272, "projection must have a field");
  const apply = compileProjection(fields);
  return perItem((item) => itemOf(apply(rawOf(item))));
};

const unset: Compile = (spec) => {
  const names = (Array.isArray(spec) ? spec : [spec]).map((name: unknown) => {
    if (typeof name !== "string") throw fault(31002, "$unset takes field names");
    return [name, 0] as const;
  });
  const apply = compileProjection(Object.fromEntries(names));
  return perItem((item) => itemOf(apply(rawOf(item))));
};

/** Returns a copy of a value with one path set; arrays are gone through element by element. */
function withPath(value: unknown, path: readonly string[], set: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return set;
  if (Array.isArray(value)) return value.map((element) => withPath(element, path, set));
  const base = isDocument(value) ? value : {};
  const { [step]: old, ...others } = base;
  const next = withPath(old, rest, set);
  if (next === undefined) return others;
  return { ...base, [step]: next };
}

const addFields: Compile = (spec, _tools, later) => {
  const compiled = Object.entries(documentOf(spec, "$addFields")).map(
    ([name, value]) => [name.split("."), compileExpression(value)] as const,
  );
  const fields = fieldsFor(later);
  return perItem((item) => {
    const source = docOf(item, fields);
    let out: unknown = source;
    for (const [path, evaluate] of compiled) {
      out = withPath(out, path, evaluate(source, NO_VARIABLES));
    }
    return itemOfDoc(out as Doc);
  });
};

const group: Compile = (spec, _tools, later) => {
  const { _id, ...rest } = documentOf(spec, "$group");
  if (!isDocument(spec) || !("_id" in spec)) throw fault(15955, "a group must have an _id");
  const idOf = compileExpression(_id);
  const columns = Object.entries(rest).map(([name, accumulator]) => {
    const [entry, ...others] = isDocument(accumulator) ? Object.entries(accumulator) : [];
    if (!entry || others.length > 0)
      throw fault(40234, `The field '${name}' must be an accumulator`);
    return { name, make: accumulatorOf(entry[0]), evaluate: compileExpression(entry[1]) };
  });
  const fields = fieldsFor(later);
  return function* (input) {
    const groups = new Map<string, { id: unknown; values: ReturnType<typeof start> }>();
    const start = () => columns.map(({ make }) => make());
    for (const item of input) {
      const doc = docOf(item, fields);
      const id = idOf(doc, NO_VARIABLES);
      const key = groupKey(id ?? null);
      let found = groups.get(key);
      if (!found) {
        found = { id: id ?? null, values: start() };
        groups.set(key, found);
      }
      for (let i = 0; i < columns.length; i++) {
        found.values[i]?.add(columns[i]?.evaluate(doc, NO_VARIABLES));
      }
    }
    for (const { id, values } of groups.values()) {
      const out: Doc = { _id: id };
      columns.forEach(({ name }, i) => {
        out[name] = values[i]?.result();
      });
      yield itemOfDoc(out);
    }
  };
};

const sortByCount: Compile = (spec, tools) =>
  tools.compose([{ $group: { _id: spec, count: { $sum: 1 } } }, { $sort: { count: -1 } }]);

const count: Compile = (spec, tools) => {
  if (typeof spec !== "string" || spec === "" || /^\$|\./.test(spec)) {
    throw fault(40156, "the count field must be a non-empty string without $ and dots");
  }
  return tools.compose([{ $group: { _id: null, [spec]: { $sum: 1 } } }, { $project: { _id: 0 } }]);
};

interface UnwindSpec {
  readonly path: string;
  readonly indexField: string | undefined;
  readonly preserve: boolean;
}

function unwindSpec(spec: unknown): UnwindSpec {
  const given = isDocument(spec) ? spec : { path: spec };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = given;
  if (typeof path !== "string" || !/^\$[^$]/.test(path)) {
    throw fault(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  return {
    path: path.slice(1),
    indexField: typeof includeArrayIndex === "string" ? includeArrayIndex : undefined,
    preserve: preserveNullAndEmptyArrays === true,
  };
}

const unwind: Compile = (spec, _tools, later) => {
  const { path, indexField, preserve } = unwindSpec(spec);
  const steps = path.split(".");
  const fields = fieldsFor(later);
  const make = (doc: Doc, value: unknown, index: number | null): Item => {
    const out = withPath(doc, steps, value);
    return itemOfDoc((indexField ? withPath(out, [indexField], index) : out) as Doc);
  };
  return function* (input) {
    for (const item of input) {
      const doc = docOf(item, fields);
      const value = valueAtPath(doc, steps);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, element] of value.entries()) yield make(doc, element, i);
      } else if (Array.isArray(value)) {
        if (preserve) yield make(doc, undefined, null);
      } else if (value !== undefined && value !== null) yield make(doc, value, null);
      else if (preserve) yield make(doc, value, null);
    }
  };
};

const lookup: Compile = (spec, tools) => {
  const { from, localField, foreignField, as, ...rest } = documentOf(spec, "$lookup");
  const [other] = Object.keys(rest);
  if (other) throw unsupported(`$lookup with ${other}`);
  if (![from, localField, foreignField, as].every((name) => typeof name === "string")) {
    throw fault(9, "$lookup needs from, localField, foreignField and as");
  }
  const local = (localField as string).split(".");
  return perItem((item) => {
    const doc = docOf(item, null);
    const value = valueAtPath(doc, local) ?? null;
    const filter = {
      [foreignField as string]: Array.isArray(value) ? { $in: value } : { $eq: value },
    };
    const found = [...tools.find(from as string, filter)].map(({ raw }) =>
      docOf(itemOf(raw), null),
    );
    return itemOfDoc(withPath(doc, (as as string).split("."), found) as Doc);
  });
};

const replaceRoot: Compile = (spec) => {
  const evaluate = compileExpression(isDocument(spec) ? spec.newRoot : undefined);
  return perItem((item) => {
    const root = evaluate(docOf(item, null), NO_VARIABLES);
    if (!isDocument(root)) throw fault(40228, "'newRoot' must evaluate to an object");
    return itemOfDoc(root);
  });
};

const facet: Compile = (spec, tools) => {
  const parts = Object.entries(documentOf(spec, "$facet")).map(
    ([name, pipeline]) => [name, tools.compose(documentsOf(pipeline, name))] as const,
  );
  return function* (input) {
    const all = [...input];
    const out: Doc = {};
    for (const [name, run] of parts) {
      const results: Doc[] = [];
      const copy = function* (): Stream {
        for (const item of all) yield item.raw ? itemOf(item.raw) : itemOfDoc(item.doc ?? {});
      };
      for (const item of run(copy())) results.push(docOf(item, null));
      out[name] = results;
    }
    yield itemOfDoc(out);
  };
};

/** Every stage that this store knows. */
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
  $replaceWith: (spec, tools, later) => replaceRoot({ newRoot: spec }, tools, later),
  $facet: facet,
};
