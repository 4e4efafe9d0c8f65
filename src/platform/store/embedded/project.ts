/** Compiles a projection to a function over raw BSON. */
import {
  bodyOf,
  type Doc,
  decode,
  eachField,
  elementOf,
  encode,
  frameDocument,
  TYPE,
} from "./bson-raw.ts";
import { fault, unsupported } from "./errors.ts";
import { compileExpression, type Expression } from "./expression.ts";
import { isDocument, isOperators, numberOf } from "./values.ts";

/** Returns a document with what the projection leaves of it. */
export type Projection = (raw: Buffer) => Buffer;

/** Fields by name; `true` ends a path. */
interface Tree extends Map<string, Tree | true> {}

interface Parts {
  readonly included: Tree;
  readonly excluded: Tree;
  readonly computed: [name: string, expression: Expression][];
  idExcluded: boolean;
}

function addPath(tree: Tree, path: string): void {
  const steps = path.split(".");
  const last = steps.pop() as string;
  let node = tree;
  for (const step of steps) {
    const next = node.get(step) ?? new Map();
    if (next === true) throw fault(31249, `Path collision at ${path}`);
    node.set(step, next);
    node = next;
  }
  if (node.has(last)) throw fault(31250, `Path collision at ${path}`);
  node.set(last, true);
}

/** Copies the fields that a tree names, or all but those; of an array, those of every element. */
function copyFields(b: Buffer, off: number, tree: Tree, including: boolean, list = false): Buffer {
  const parts: Buffer[] = [];
  eachField(b, off, (field, t, at, start, end) => {
    const name = list ? String(parts.length) : field;
    const branch = list ? tree : tree.get(name);
    if (branch === undefined || branch === true) {
      if ((branch === true) === including) parts.push(b.subarray(start, end));
    } else if (t === TYPE.object || t === TYPE.array) {
      const inner = copyFields(b, at, branch, including, t === TYPE.array);
      parts.push(elementOf(name, t, inner));
    } else if (!including) parts.push(b.subarray(start, end));
  });
  return frameDocument(parts);
}

function addField(parts: Parts, name: string, value: unknown): void {
  const flag = typeof value === "boolean" ? Number(value) : numberOf(value);
  const { included, excluded, computed } = parts;
  if (name.endsWith(".$")) throw unsupported("the positional projection");
  if (flag === 0 && name === "_id") parts.idExcluded = true;
  else if (flag === 0) {
    if (included.size + computed.length > 0) throw fault(31254, `Cannot do exclusion on ${name}`);
    addPath(excluded, name);
  } else if (excluded.size > 0) throw fault(31253, `Cannot do inclusion on ${name}`);
  else if (flag !== undefined) addPath(included, name);
  else if (isDocument(value) && !isOperators(value) && Object.keys(value).length > 0) {
    for (const [inner, given] of Object.entries(value)) addField(parts, `${name}.${inner}`, given);
  } else {
    if (name.includes(".")) throw unsupported("a computed nested field in a projection");
    computed.push([name, compileExpression(value)]);
    if (name === "_id") parts.idExcluded = true;
  }
}

function computedFields(raw: Buffer, fields: Parts["computed"]): Buffer {
  const document = decode(raw);
  const values: Doc = {};
  for (const [name, expression] of fields) values[name] = expression(document);
  return bodyOf(encode(values));
}

/** Returns the compiled form of a find projection or of `$project`, or refuses it. */
export function compileProjection(projection: Doc): Projection {
  const parts: Parts = {
    included: new Map(),
    excluded: new Map(),
    computed: [],
    idExcluded: false,
  };
  for (const [name, value] of Object.entries(projection)) addField(parts, name, value);
  const { included, excluded, computed, idExcluded } = parts;
  const including = included.size > 0 || computed.length > 0;
  if (including !== idExcluded) (including ? included : excluded).set("_id", true);
  return (raw) => {
    const kept = copyFields(raw, 0, including ? included : excluded, including);
    if (computed.length === 0) return kept;
    return frameDocument([bodyOf(kept), computedFields(raw, computed)]);
  };
}
