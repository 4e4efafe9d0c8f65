/** Compiles a projection to a function over raw BSON. */
import {
  byteAt,
  type Doc,
  decode,
  elementOf,
  encode,
  findField,
  frameDocument,
  hit,
  int32At,
  nameBytes,
  TYPE,
  valueEnd,
} from "./bson-raw.ts";
import { fault, unsupported } from "./errors.ts";
import { compileExpression, type Expression, NO_VARIABLES } from "./expression.ts";
import { compileFilter } from "./match.ts";
import { isDocument, isOperators, numberOf } from "./values.ts";

/** Returns a document with what the projection leaves of it. */
export type Projection = (raw: Buffer) => Buffer;

/** Fields by name; `true` ends a path. */
interface Tree extends Map<string, Tree | true> {}

function addPath(tree: Tree, path: string): void {
  const steps = path.split(".");
  const last = steps.pop() as string;
  let node = tree;
  for (const step of steps) {
    const next = node.get(step);
    if (next === true) throw fault(31249, `Path collision at ${path}`);
    if (next) node = next;
    else {
      const made: Tree = new Map();
      node.set(step, made);
      node = made;
    }
  }
  if (node.has(last)) throw fault(31250, `Path collision at ${path}`);
  node.set(last, true);
}

/** Copies the fields of a document that a tree names, or all but those. */
function copyFields(b: Buffer, off: number, tree: Tree, including: boolean): Buffer {
  const parts: Buffer[] = [];
  let p = off + 4;
  for (;;) {
    const start = p;
    const t = byteAt(b, p);
    if (t === 0) break;
    while (b[p] !== 0) p++;
    const name = b.toString("utf8", start + 1, p);
    const at = p + 1;
    p = valueEnd(b, t, at);
    const branch = tree.get(name);
    if (branch === undefined || branch === true) {
      if ((branch === true) === including) parts.push(b.subarray(start, p));
    } else if (t === TYPE.object) {
      parts.push(elementOf(name, t, copyFields(b, at, branch, including)));
    } else if (t === TYPE.array) {
      parts.push(elementOf(name, t, copyElements(b, at, branch, including)));
    } else if (!including) parts.push(b.subarray(start, p));
  }
  return frameDocument(parts);
}

function copyElements(b: Buffer, off: number, tree: Tree, including: boolean): Buffer {
  const parts: Buffer[] = [];
  const add = (t: number, value: Buffer) => parts.push(elementOf(String(parts.length), t, value));
  let p = off + 4;
  for (;;) {
    const t = byteAt(b, p);
    if (t === 0) break;
    while (b[p] !== 0) p++;
    const at = p + 1;
    p = valueEnd(b, t, at);
    if (t === TYPE.object) add(t, copyFields(b, at, tree, including));
    else if (t === TYPE.array) add(t, copyElements(b, at, tree, including));
    else if (!including) add(t, b.subarray(at, p));
  }
  return frameDocument(parts);
}

/** Replaces an array field by some of its elements. */
function sliceField(raw: Buffer, name: string, pick: (elements: Element[]) => Element[] | null) {
  if (!findField(raw, 0, nameBytes(name)) || hit.type !== TYPE.array) return raw;
  const { start, at } = hit;
  const end = at + int32At(raw, at);
  const kept = pick(elementsOf(raw, at));
  const before = raw.subarray(4, start);
  const after = raw.subarray(end, raw.length - 1);
  if (!kept) return frameDocument([before, after]);
  const items = kept.map(({ type, value }, i) => elementOf(String(i), type, value));
  return frameDocument([before, elementOf(name, TYPE.array, frameDocument(items)), after]);
}

interface Element {
  readonly type: number;
  readonly at: number;
  readonly value: Buffer;
}

function elementsOf(b: Buffer, off: number): Element[] {
  const out: Element[] = [];
  let p = off + 4;
  for (;;) {
    const type = byteAt(b, p);
    if (type === 0) return out;
    while (b[p] !== 0) p++;
    const at = p + 1;
    p = valueEnd(b, type, at);
    out.push({ type, at, value: b.subarray(at, p) });
  }
}

function sliceOperator(name: string, operand: unknown): Projection {
  const [skip, limit] = Array.isArray(operand) ? operand.map(numberOf) : [undefined, undefined];
  const count = numberOf(operand);
  if (name.includes(".")) throw unsupported("$slice of a nested field");
  if (count !== undefined) {
    return (raw) => sliceField(raw, name, (e) => (count < 0 ? e.slice(count) : e.slice(0, count)));
  }
  if (skip === undefined || limit === undefined || limit <= 0) throw fault(28724, "bad $slice");
  return (raw) =>
    sliceField(raw, name, (e) => {
      const from = skip < 0 ? Math.max(0, e.length + skip) : skip;
      return e.slice(from, from + limit);
    });
}

function elemMatchOperator(name: string, operand: unknown): Projection {
  if (!isDocument(operand) || name.includes(".")) throw unsupported("this $elemMatch projection");
  const test = compileFilter({ v: { $elemMatch: operand } });
  return (raw) =>
    sliceField(raw, name, (elements) => {
      const found = elements.find(({ type, value }) => {
        const wrapped = frameDocument([elementOf("0", type, value)]);
        return test(frameDocument([elementOf("v", TYPE.array, wrapped)]), TYPE.object, 0);
      });
      return found ? [found] : null;
    });
}

interface Parts {
  readonly included: Tree;
  readonly excluded: Tree;
  readonly computed: [name: string, expression: Expression][];
  readonly shapes: Projection[];
  idExcluded: boolean;
}

function addField(parts: Parts, name: string, value: unknown): void {
  const flag = value === true || value === false ? Number(value) : numberOf(value);
  if (flag !== undefined) {
    if (name === "_id" && flag === 0) parts.idExcluded = true;
    else addPath(flag === 0 ? parts.excluded : parts.included, name);
    return;
  }
  if (name.endsWith(".$")) throw unsupported("the positional projection");
  const [operator] = isOperators(value) ? Object.entries(value) : [];
  if (operator?.[0] === "$slice") parts.shapes.push(sliceOperator(name, operator[1]));
  else if (operator?.[0] === "$elemMatch") {
    addPath(parts.included, name);
    parts.shapes.push(elemMatchOperator(name, operator[1]));
  } else if (operator?.[0] === "$meta") throw unsupported("$meta");
  else if (isDocument(value) && !operator && Object.keys(value).length > 0) {
    for (const [inner, flagged] of Object.entries(value)) {
      addField(parts, `${name}.${inner}`, flagged);
    }
  } else {
    if (name.includes(".")) throw unsupported("a computed nested field in a projection");
    parts.computed.push([name, compileExpression(value)]);
  }
}

function withComputed(raw: Buffer, source: Buffer, fields: Parts["computed"]): Buffer {
  const document = decode(source);
  const values: Doc = {};
  for (const [name, expression] of fields) values[name] = expression(document, NO_VARIABLES);
  const names = new Map(fields.map(([name]) => [name, true as const]));
  const kept = copyFields(raw, 0, names, false);
  const added = encode(values);
  return frameDocument([kept.subarray(4, kept.length - 1), added.subarray(4, added.length - 1)]);
}

/** Returns the compiled form of a find projection or of `$project`, or refuses it. */
export function compileProjection(projection: Doc): Projection {
  const parts: Parts = {
    included: new Map(),
    excluded: new Map(),
    computed: [],
    shapes: [],
    idExcluded: false,
  };
  for (const [name, value] of Object.entries(projection)) addField(parts, name, value);
  const { included, excluded, computed, shapes } = parts;
  const including = included.size > 0 || computed.length > 0;
  if (including && excluded.size > 0) {
    throw fault(31254, "Cannot do exclusion in inclusion projection");
  }
  if (including && !parts.idExcluded && !included.has("_id")) included.set("_id", true);
  if (!including && parts.idExcluded) excluded.set("_id", true);
  if (including && parts.idExcluded) included.delete("_id");
  return (raw) => {
    let out = copyFields(raw, 0, including ? included : excluded, including);
    for (const shape of shapes) out = shape(out);
    return computed.length > 0 ? withComputed(out, raw, computed) : out;
  };
}
