import type { Encounter } from "./encounter.ts";

/** One field and what it shall be; undefined or null takes it away. */
export interface FieldChange {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly value: unknown;
}

type Node = Record<string, unknown> | unknown[];

/** Keys that reach an object's prototype (CWE-1321): no field of an encounter is called so. */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const FIELD = /^[A-Za-z][A-Za-z0-9]*$/;

/** What stands at a JSON pointer; undefined where there is nothing. */
export function valueAt(encounter: Encounter, pointer: string): unknown {
  let node: unknown = encounter;
  for (const step of stepsOf(pointer) ?? []) node = isNode(node) ? childOf(node, step) : undefined;
  return node;
}

/**
 * The encounter with these fields changed; the given one stays as it is. Objects on the way are made where they lack,
 * list places are not. Undefined where a pointer leads nowhere.
 */
export function applyChanges(
  encounter: Encounter,
  changes: readonly FieldChange[],
): Encounter | undefined {
  const changed = structuredClone(encounter);
  for (const { pointer, value } of changes) {
    const steps = stepsOf(pointer);
    const name = steps?.pop();
    if (steps === undefined || name === undefined) return undefined;
    const parent = parentOf(changed as unknown as Node, steps);
    if (parent === undefined || !put(parent, name, value)) return undefined;
  }
  return changed;
}

function stepsOf(pointer: string): string[] | undefined {
  const [root, ...steps] = pointer.split("/");
  const isFine = root === "" && steps.every((step) => /^\d+$/.test(step) || FIELD.test(step));
  return isFine && !steps.some((step) => PROTOTYPE_KEYS.has(step)) ? steps : undefined;
}

function parentOf(root: Node, steps: readonly string[]): Node | undefined {
  let node: Node = root;
  for (const step of steps) {
    let next = childOf(node, step);
    if (next === undefined && !Array.isArray(node)) {
      next = {};
      node[step] = next;
    }
    if (!isNode(next)) return undefined;
    node = next;
  }
  return node;
}

function put(parent: Node, name: string, value: unknown): boolean {
  if (Array.isArray(parent)) {
    if (!(Number(name) < parent.length)) return false;
    parent[Number(name)] = value;
  } else if (value === undefined || value === null || value === "") delete parent[name];
  else parent[name] = value;
  return true;
}

function childOf(node: Node, step: string): unknown {
  if (Array.isArray(node)) return node[Number(step)];
  return Object.hasOwn(node, step) ? node[step] : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
