/** The rules of filters, order and updates once more, plainly, over JS values: slow, short, and apart from the store's own. */
import type { Document } from "bson";

const isDocument = (v: unknown): v is Document =>
  v !== null && typeof v === "object" && !Array.isArray(v) && !(v instanceof Date);

function rank(v: unknown): number {
  if (v === undefined || v === null) return 1;
  if (typeof v === "number") return 2;
  if (typeof v === "string") return 3;
  if (Array.isArray(v)) return 5;
  if (typeof v === "boolean") return 7;
  return v instanceof Date ? 8 : 4;
}

/** Returns MongoDB's order of two values. */
export function naiveCompare(a: unknown, b: unknown): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (rank(a) === 1) return 0;
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  if (isDocument(a) && isDocument(b)) {
    const flat = (d: Document) => Object.entries(d).flatMap(([k, v]) => [rank(v), k, v]);
    return compareLists(flat(a), flat(b));
  }
  if (typeof a === "string" && typeof b === "string")
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = naiveCompare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const same = (a: unknown, b: unknown): boolean => naiveCompare(a, b) === 0;

/** Every value that a path leads to; undefined for a branch that leads nowhere. */
export function naiveValues(doc: unknown, path: readonly string[]): unknown[] {
  const [step = "", ...rest] = path;
  if (path.length === 0) return [doc];
  if (Array.isArray(doc)) {
    const inside = doc.filter(isDocument).flatMap((e) => naiveValues(e, path));
    return /^\d+$/.test(step) && Number(step) < doc.length
      ? [...naiveValues(doc[Number(step)], rest), ...inside]
      : inside;
  }
  if (!isDocument(doc) || !(step in doc)) return [undefined];
  const value = doc[step];
  if (rest.length > 0 && !isDocument(value) && !Array.isArray(value)) return [undefined];
  return naiveValues(value, rest);
}

const withElements = (values: unknown[]): unknown[] =>
  values.flatMap((v) => (Array.isArray(v) ? [...v, v] : [v]));

function range(v: unknown, operand: unknown, accepts: (order: number) => boolean): boolean {
  if (operand === null) return accepts(0) && rank(v) === 1;
  return rank(v) === rank(operand) && accepts(naiveCompare(v, operand));
}

function one(values: unknown[], operator: string, operand: unknown): boolean {
  const any = (test: (v: unknown) => boolean) => withElements(values).some(test);
  switch (operator) {
    case "$eq":
      return any((v) => same(v, operand));
    case "$ne":
      return !any((v) => same(v, operand));
    case "$gt":
      return any((v) => range(v, operand, (o) => o > 0));
    case "$gte":
      return any((v) => range(v, operand, (o) => o >= 0));
    case "$lt":
      return any((v) => range(v, operand, (o) => o < 0));
    case "$lte":
      return any((v) => range(v, operand, (o) => o <= 0));
    case "$in":
      return (operand as unknown[]).some((o) => any((v) => same(v, o)));
    case "$nin":
      return !(operand as unknown[]).some((o) => any((v) => same(v, o)));
    case "$exists":
      return values.some((v) => v !== undefined) === operand;
    case "$size":
      return values.some((v) => Array.isArray(v) && v.length === operand);
    case "$all":
      return (operand as unknown[]).every((o) => any((v) => same(v, o)));
    case "$not":
      return !every(values, operand as Document);
    case "$elemMatch":
      return values.some(
        (v) => Array.isArray(v) && v.some((e) => matchesElement(e, operand as Document)),
      );
    default:
      throw new Error(`the model does not know ${operator}`);
  }
}

function matchesElement(element: unknown, condition: Document): boolean {
  if (!Object.keys(condition)[0]?.startsWith("$"))
    return isDocument(element) && naiveMatch(element, condition);
  return Object.entries(condition).every(([operator, operand]) => {
    if (operator === "$gt" || operator === "$gte" || operator === "$lt" || operator === "$lte") {
      return !Array.isArray(element) && one([element], operator, operand);
    }
    return same(element, operand);
  });
}

function every(values: unknown[], condition: Document): boolean {
  return Object.entries(condition).every(([operator, operand]) => one(values, operator, operand));
}

/** Returns whether a document matches a filter. */
export function naiveMatch(doc: Document, filter: Document): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === "$or") return (value as Document[]).some((f) => naiveMatch(doc, f));
    if (key === "$and") return (value as Document[]).every((f) => naiveMatch(doc, f));
    if (key === "$nor") return !(value as Document[]).some((f) => naiveMatch(doc, f));
    const values = naiveValues(doc, key.split("."));
    const isOperators = isDocument(value) && Object.keys(value)[0]?.startsWith("$");
    return isOperators ? every(values, value) : one(values, "$eq", value);
  });
}

/** Returns the order of two documents by a sort, least value of an array upwards, greatest downwards. */
export function naiveSort(sort: Document): (a: Document, b: Document) => number {
  const pick = (doc: Document, field: string, way: number): unknown => {
    const all = naiveValues(doc, field.split(".")).flatMap((v) => {
      if (!Array.isArray(v)) return [{ v, empty: false }];
      return v.length === 0
        ? [{ v: undefined, empty: true }]
        : v.map((e) => ({ v: e, empty: false }));
    });
    const order = (x: { v: unknown; empty: boolean }, y: typeof x) =>
      x.empty || y.empty ? Number(y.empty) - Number(x.empty) : naiveCompare(x.v, y.v);
    const [best] = all.sort((x, y) => order(x, y) * way);
    return best?.empty ? -1 : best?.v;
  };
  return (a, b) => {
    for (const [field, way] of Object.entries(sort)) {
      const [x, y] = [pick(a, field, way), pick(b, field, way)];
      const emptyX = x === -1 ? 0 : 1;
      const emptyY = y === -1 ? 0 : 1;
      const order = emptyX === emptyY && emptyX === 1 ? naiveCompare(x, y) : emptyX - emptyY;
      if (order !== 0) return order * way;
    }
    return 0;
  };
}

/** Applies one operator to one top-level field of a document, in place. */
export function naiveUpdate(
  doc: Document,
  operator: string,
  field: string,
  operand: unknown,
): void {
  const current: unknown = doc[field];
  const list = Array.isArray(current) ? current : [];
  switch (operator) {
    case "$set":
      doc[field] = operand;
      break;
    case "$unset":
      delete doc[field];
      break;
    case "$inc":
      doc[field] = Number(current ?? 0) + Number(operand);
      break;
    case "$min":
      if (current === undefined || naiveCompare(operand, current) < 0) doc[field] = operand;
      break;
    case "$max":
      if (current === undefined || naiveCompare(operand, current) > 0) doc[field] = operand;
      break;
    case "$push":
      doc[field] = [...list, operand];
      break;
    case "$addToSet":
      doc[field] = list.some((e) => same(e, operand)) ? list : [...list, operand];
      break;
    case "$pull":
      if (current !== undefined) doc[field] = list.filter((e) => !same(e, operand));
      break;
    case "$pop":
      if (current !== undefined) doc[field] = operand === 1 ? list.slice(0, -1) : list.slice(1);
      break;
    default:
      throw new Error(`the model does not know ${operator}`);
  }
}
