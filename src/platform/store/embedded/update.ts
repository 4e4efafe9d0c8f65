/** Compiles an update and applies it to raw BSON; top-level fields that it does not touch keep their bytes. */
import {
  bodyOf,
  type Doc,
  decode,
  decodeFields,
  encode,
  findField,
  frameDocument,
  hit,
  idOf,
  nameBytes,
  someElement,
  TYPE,
  TYPED,
  valueAt,
  valueEnd,
} from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { compileElement, compileFilter } from "./match.ts";
import { addFields, rawOf, type Step, type Stream, unset } from "./stages.ts";
import { KEPT, UPDATE_OPERATORS, type UpdateOperator } from "./update-operators.ts";
import {
  checkViable,
  getAt,
  type Path,
  type Positions,
  resolvePaths,
  setAt,
  storeAt,
} from "./update-path.ts";
import { isDocument, isOperators, sameValue } from "./values.ts";

/** A document after an update, and the top-level fields that may differ; null means any. */
export interface Updated {
  readonly raw: Buffer;
  readonly changed: ReadonlySet<string> | null;
}

/** An update ready to be applied; it returns the same buffer where nothing changes. */
export interface Update {
  readonly isReplacement: boolean;
  apply(raw: Buffer, inserting: boolean): Updated;
}

/** One operator on one path. */
interface Change {
  readonly operator: string;
  readonly path: Path;
  readonly text: string;
  readonly positional: boolean;
  readonly operand: unknown;
}

const ID = nameBytes("_id");
const DOLLAR = 36;

function frameChanged(raw: Buffer, parts: readonly Buffer[]): Buffer {
  const out = frameDocument(parts);
  return out.equals(raw) ? raw : out;
}

function compileReplacement(replacement: Buffer): Update {
  const wantedId = idOf(replacement);
  const rest = withoutId(replacement);
  const apply = (raw: Buffer): Updated => {
    if (!findField(raw, 0, ID)) return { raw: replacement, changed: null };
    const { start, type, at } = hit;
    const end = valueEnd(raw, type, at);
    if (wantedId !== undefined && !sameValue(wantedId, valueAt(raw, type, at, TYPED))) {
      throw fault(66, "After applying the update, the (immutable) field '_id' was altered");
    }
    return { raw: frameChanged(raw, [raw.subarray(start, end), ...rest]), changed: null };
  };
  return { isReplacement: true, apply };
}

function withoutId(document: Buffer): Buffer[] {
  if (!findField(document, 0, ID)) return [bodyOf(document)];
  const { start, type, at } = hit;
  const end = valueEnd(document, type, at);
  return [document.subarray(4, start), document.subarray(end, document.length - 1)];
}

function checkConflicts(paths: readonly string[]): void {
  const sorted = [...paths].sort();
  sorted.forEach((path, i) => {
    const next = sorted.slice(i + 1).find((p) => p === path || p.startsWith(`${path}.`));
    if (next !== undefined) {
      throw fault(40, `Updating the path '${next}' would create a conflict at '${path}'`);
    }
  });
}

function changesOf(update: Doc): Change[] {
  const changes: Change[] = [];
  for (const [operator, fields] of Object.entries(update)) {
    if (!Object.hasOwn(UPDATE_OPERATORS, operator)) {
      throw fault(9, `Unknown modifier: ${operator}. Expected a valid update modifier`);
    }
    if (!isDocument(fields)) throw fault(9, `Modifiers operate on fields: ${operator}`);
    for (const [text, operand] of Object.entries(fields)) {
      const path = text.split(".");
      if (path.includes("")) throw fault(56, "An update path has an empty field name");
      if (path[0]?.startsWith("$")) throw fault(52, "A field name may not start with '$'");
      const positional = path.some((step) => step === "$" || step.startsWith("$["));
      changes.push({ operator, path, text, positional, operand });
    }
  }
  checkConflicts(changes.map(({ text }) => text));
  // New fields come in the order of their names, as MongoDB adds them.
  return changes.sort((a, b) => (a.text < b.text ? -1 : 1));
}

function compileArrayFilters(filters: readonly Doc[]): Map<string, (element: unknown) => boolean> {
  const out = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters) {
    const [name = ""] = (Object.keys(filter)[0] ?? "").split(".");
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw fault(2, "bad array filter identifier");
    if (out.has(name)) throw fault(9, `Found multiple array filters with '${name}'`);
    const test = compileFilter(filter);
    out.set(name, (element) => test(encode({ [name]: element }), TYPE.object, 0));
  }
  return out;
}

/** The conditions of a filter that look into one array, as tests of its elements. */
function elementTests(filter: Doc, arrayPath: string): ((element: unknown) => boolean)[] {
  return Object.entries(filter).flatMap(([field, value]) => {
    if (field === "$and") return (value as Doc[]).flatMap((f) => elementTests(f, arrayPath));
    if (field.startsWith(`${arrayPath}.`)) {
      return [compileElement({ [field.slice(arrayPath.length + 1)]: value })];
    }
    if (field !== arrayPath) return [];
    if (!isOperators(value)) return [compileElement({ $eq: value })];
    const { $elemMatch, ...others } = value;
    const tests = Object.keys(others).length > 0 ? [compileElement(others)] : [];
    return isDocument($elemMatch) ? [...tests, compileElement($elemMatch)] : tests;
  });
}

function matchedIndex(root: Doc, filter: Doc, arrayPath: string): number | undefined {
  const array = getAt(root, arrayPath.split("."));
  const tests = elementTests(filter, arrayPath);
  if (!Array.isArray(array) || tests.length === 0) return undefined;
  const all = array.findIndex((element) => tests.every((test) => test(element)));
  if (all >= 0) return all;
  const any = array.findIndex((element) => tests.some((test) => test(element)));
  return any < 0 ? undefined : any;
}

function applyChange(root: Doc, change: Change, positions: Positions): void {
  const { operator, path, text, operand } = change;
  const apply = UPDATE_OPERATORS[operator] as UpdateOperator;
  const paths = change.positional ? resolvePaths(root, path, positions) : [path];
  for (const target of paths) {
    if (operator !== "$unset") checkViable(root, target);
    const value = apply(getAt(root, target), operand, text);
    if (value !== KEPT) storeAt(root, target, value);
  }
}

/** Puts changed top-level fields back among the untouched bytes. */
function splice(raw: Buffer, fields: ReadonlySet<string>, root: Doc): Buffer {
  const spans: { name: string; start: number; end: number }[] = [];
  for (const name of fields) {
    if (findField(raw, 0, nameBytes(name))) {
      spans.push({ name, start: hit.start, end: valueEnd(raw, hit.type, hit.at) });
    }
  }
  spans.sort((a, b) => a.start - b.start);
  const parts: Buffer[] = [];
  const field = (name: string) => bodyOf(encode({ [name]: root[name] }));
  let p = 4;
  for (const { name, start, end } of spans) {
    parts.push(raw.subarray(p, start));
    if (Object.hasOwn(root, name)) parts.push(field(name));
    p = end;
  }
  parts.push(raw.subarray(p, raw.length - 1));
  for (const name of Object.keys(root)) {
    if (!spans.some((span) => span.name === name)) parts.push(field(name));
  }
  return frameChanged(raw, parts);
}

function compileOperatorUpdate(update: Doc, filter: Doc, arrayFilters: readonly Doc[]): Update {
  const changes = changesOf(update);
  const filters = compileArrayFilters(arrayFilters);
  for (const name of filters.keys()) {
    if (!changes.some(({ path }) => path.includes(`$[${name}]`))) {
      throw fault(9, `The array filter for identifier '${name}' was not used in the update`);
    }
  }
  const roots = new Set(changes.map(({ path }) => path[0] as string));
  const apply = (raw: Buffer, inserting: boolean): Updated => {
    const root = decodeFields(raw, roots, TYPED);
    const positions: Positions = {
      matched: (arrayPath) => matchedIndex(root, filter, arrayPath),
      filter: (name) => filters.get(name),
    };
    for (const change of changes) {
      if (change.operator !== "$setOnInsert" || inserting) applyChange(root, change, positions);
    }
    const out = splice(raw, roots, root);
    if (roots.has("_id")) checkSameId(raw, out);
    return { raw: out, changed: roots };
  };
  return { isReplacement: false, apply };
}

/** The stages that an update by pipeline may have. */
export const CHANGING: Readonly<Record<string, (spec: unknown) => Step>> = {
  $set: addFields,
  $addFields: addFields,
  $unset: unset,
};

/** Returns the compiled form of an update by pipeline, or refuses it. */
export function compilePipelineUpdate(pipeline: readonly Doc[]): Update {
  const roots = new Set<string>();
  const steps = pipeline.map((stage) => {
    const [[name, spec] = ["", null]] = Object.entries(stage);
    const compile = CHANGING[name];
    if (!compile) throw fault(72, `${name} is not allowed to be used within an update`);
    for (const path of isDocument(spec) ? Object.keys(spec) : [spec].flat()) {
      roots.add(String(path).split(".")[0] as string);
    }
    return compile(spec);
  });
  const apply = (raw: Buffer): Updated => {
    const [last] = steps.reduce<Stream>((stream, step) => step(stream), [raw]);
    const changed = decodeFields(rawOf(last as Buffer), roots, TYPED);
    const out = splice(raw, roots, changed);
    checkSameId(raw, out);
    return { raw: out, changed: roots };
  };
  return { isReplacement: false, apply };
}

function checkSameId(before: Buffer, after: Buffer): void {
  const [a, b] = [idOf(before), idOf(after)];
  if (a === undefined || sameValue(a, b)) return;
  throw fault(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

/** Returns the compiled form of an update document, given as raw BSON, or refuses it. */
export function compileUpdate(raw: Buffer, filter: Doc, arrayFilters: readonly Doc[]): Update {
  if (raw[4] !== 0 && raw[5] === DOLLAR) {
    return compileOperatorUpdate(decode(raw, TYPED), filter, arrayFilters);
  }
  if (someElement(raw, 0, (_b, _t, _at, nameAt) => raw[nameAt] === DOLLAR)) {
    throw fault(9, "A replacement document must not contain update operators");
  }
  return compileReplacement(raw);
}

/** Returns the document that an upsert starts from: what the filter says by equality. */
export function upsertSeed(filter: Doc, replacing: boolean): Buffer {
  const equalities = new Map<string, unknown>();
  const add = (part: Doc) => {
    for (const [field, value] of Object.entries(part)) {
      const isAll = field === "$and" || (field === "$or" && (value as Doc[]).length === 1);
      if (isAll) for (const inner of value as Doc[]) add(inner);
      if (field.startsWith("$") || (replacing && field !== "_id")) continue;
      const equal = equalityOf(value);
      if (equal === undefined) continue;
      if (equalities.has(field)) {
        throw fault(54, `cannot infer query fields to set, path '${field}' is matched twice`);
      }
      equalities.set(field, equal);
    }
  };
  add(filter);
  const seed: Doc = {};
  for (const field of [...equalities.keys()].sort()) {
    setAt(seed, field.split("."), equalities.get(field));
  }
  return encode(seed);
}

function equalityOf(value: unknown): unknown {
  if (!isOperators(value)) {
    const isRegex = value instanceof Object && "pattern" in value;
    return isRegex ? undefined : value;
  }
  if ("$eq" in value) return value.$eq;
  const { $in, $all } = value;
  const list = Array.isArray($in) ? $in : $all;
  return Array.isArray(list) && list.length === 1 ? list[0] : undefined;
}
