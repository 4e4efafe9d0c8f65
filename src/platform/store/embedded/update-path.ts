/** Reads and writes values at dotted paths of decoded documents, and resolves positional steps. */
import type { Doc } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { REMOVED } from "./update-operators.ts";
import { isDocument } from "./values.ts";

/** A path without positional steps. */
export type Path = readonly string[];

/** How the positional steps of an update find their elements. */
export interface Positions {
  /** The index that `$` stands for, by the path of its array. */
  matched(arrayPath: string): number | undefined;
  /** The test behind `$[name]`. */
  filter(name: string): ((element: unknown) => boolean) | undefined;
}

const INDEX = /^\d+$/;
const MAX_ARRAY_FILL = 1_500_000;

function child(container: unknown, step: string): unknown {
  if (Array.isArray(container)) return INDEX.test(step) ? container[Number(step)] : undefined;
  return isDocument(container) && Object.hasOwn(container, step) ? container[step] : undefined;
}

/** Returns the value at a path, or undefined. */
export function getAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) value = child(value, step);
  return value;
}

/** Throws MongoDB's PathNotViable where a path leads through a value that can hold no fields. */
export function checkViable(root: unknown, path: Path): void {
  let value = root;
  path.forEach((step, i) => {
    if (value === undefined) return;
    const holds = Array.isArray(value) ? INDEX.test(step) : isDocument(value);
    if (!holds) throw fault(28, `Cannot use the part '${step}' behind '${path[i - 1]}'`);
    value = child(value, step);
  });
}

function put(container: Doc | unknown[], step: string, value: unknown): void {
  if (Array.isArray(container)) {
    if (!INDEX.test(step)) throw fault(28, `Cannot create field '${step}' in an array`);
    if (Number(step) > container.length + MAX_ARRAY_FILL) throw fault(2, "array index too large");
    while (container.length < Number(step)) container.push(null);
    container[Number(step)] = value;
  } else if (step === "__proto__") throw fault(2, "the field name __proto__ is not supported");
  else container[step] = value;
}

/** Sets the value at a path, creating what is missing on the way. */
export function setAt(root: Doc, path: Path, value: unknown): void {
  let container: Doc | unknown[] = root;
  path.slice(0, -1).forEach((step, i) => {
    let next = child(container, step);
    if (next === undefined) {
      next = {};
      put(container, step, next);
    }
    if (!Array.isArray(next) && !isDocument(next)) {
      throw fault(28, `Cannot create field '${path[i + 1]}' in element '${step}'`);
    }
    container = next;
  });
  put(container, path[path.length - 1] as string, value);
}

/** Removes the value at a path; an array keeps its length and holds null there. */
export function removeAt(root: Doc, path: Path): void {
  const container = getAt(root, path.slice(0, -1));
  const last = path[path.length - 1] as string;
  if (child(container, last) === undefined) return;
  if (Array.isArray(container)) container[Number(last)] = null;
  else if (isDocument(container)) delete container[last];
}

/** Puts an operator's answer at a path. */
export function storeAt(root: Doc, path: Path, value: unknown): void {
  if (value === REMOVED) removeAt(root, path);
  else setAt(root, path, value);
}

function indexesOf(array: readonly unknown[], step: string, at: string, p: Positions): number[] {
  if (step === "$") {
    const index = p.matched(at);
    if (index === undefined) {
      throw fault(2, "The positional operator did not find the match needed from the query.");
    }
    return [index];
  }
  const all = [...array.keys()];
  if (step === "$[]") return all;
  const name = step.slice(2, -1);
  const test = p.filter(name);
  if (!test) throw fault(2, `No array filter found for identifier '${name}'`);
  return all.filter((i) => test(array[i]));
}

/** Returns the paths that a path with `$`, `$[]` or `$[name]` stands for in a document. */
export function resolvePaths(root: Doc, path: Path, positions: Positions): Path[] {
  let open: string[][] = [[]];
  for (const step of path) {
    if (step !== "$" && !step.startsWith("$[")) {
      for (const prefix of open) prefix.push(step);
      continue;
    }
    open = open.flatMap((prefix) => {
      const array = getAt(root, prefix);
      const at = prefix.join(".");
      if (!Array.isArray(array)) {
        throw fault(2, `The path '${at}' must exist and be an array to apply array updates`);
      }
      return indexesOf(array, step, at, positions).map((i) => [...prefix, String(i)]);
    });
  }
  return open;
}
