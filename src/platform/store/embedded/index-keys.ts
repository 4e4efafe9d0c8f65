/** Computes the index keys of a document: one, or several where a path meets an array. */
import {
  findField,
  hit,
  type PathStep,
  parsePath,
  someElement,
  TYPE,
  valueAt,
} from "./bson-raw.ts";
import { KeyWriter, ORDER, writeValue } from "./key-string.ts";

/** An indexed field and its direction. */
export interface IndexField {
  readonly name: string;
  readonly path: readonly PathStep[];
  readonly descending: boolean;
}

/** The keys of one document in one index. */
export interface DocumentKeys {
  readonly keys: readonly Buffer[];
  /** An array was met, so that one document may stand in the index more than once. */
  readonly multikey: boolean;
  /** None of the indexed fields exists: a sparse index leaves the document out. */
  readonly absent: boolean;
}

/** Length of the index id before every key and of the row id behind keys that are not unique. */
const INDEX_ID_BYTES = 4;
const ROW_ID_BYTES = 6;
const EMPTY_ARRAY = -1;

/** Returns the fields of a key pattern with their paths parsed. */
export function indexFields(key: readonly (readonly [string, number])[]): IndexField[] {
  return key.map(([name, way]) => ({ name, path: parsePath(name), descending: way < 0 }));
}

/** Returns the four bytes that start every key of an index. */
export function indexPrefix(id: number): Buffer {
  const prefix = Buffer.allocUnsafe(INDEX_ID_BYTES);
  prefix.writeUInt32BE(id, 0);
  return prefix;
}

/** Returns a key followed by its row id, which keeps equal keys of several documents apart. */
export function withRowId(key: Buffer, rowId: number): Buffer {
  const out = Buffer.allocUnsafe(key.length + ROW_ID_BYTES);
  key.copy(out, 0);
  out.writeUIntBE(rowId, key.length, ROW_ID_BYTES);
  return out;
}

/** The values of one field as flat pairs (type, position); -1 stands for an empty array. */
interface FieldValues {
  readonly pairs: number[];
  multikey: boolean;
  absent: boolean;
}

function gather(b: Buffer, off: number, path: readonly PathStep[], step: number, v: FieldValues) {
  if (!findField(b, off, (path[step] as PathStep).bytes)) {
    v.pairs.push(TYPE.missing, 0);
    return;
  }
  const { type, at } = hit;
  if (step === path.length - 1) gatherLeaf(b, type, at, v);
  else if (type === TYPE.object) gather(b, at, path, step + 1, v);
  else if (type === TYPE.array) gatherThroughArray(b, at, path, step, v);
  else v.pairs.push(TYPE.missing, 0);
}

function gatherLeaf(b: Buffer, type: number, at: number, v: FieldValues) {
  v.absent = false;
  if (type !== TYPE.array) {
    v.pairs.push(type, at);
    return;
  }
  v.multikey = true;
  const before = v.pairs.length;
  someElement(b, at, (_b, t, o) => v.pairs.push(t, o));
  if (v.pairs.length === before) v.pairs.push(EMPTY_ARRAY, 0);
}

function gatherThroughArray(
  b: Buffer,
  at: number,
  path: readonly PathStep[],
  step: number,
  v: FieldValues,
) {
  v.multikey = true;
  const before = v.pairs.length;
  const next = path[step + 1] as PathStep;
  if (next.isIndex && findField(b, at, next.bytes)) {
    const element = { type: hit.type, at: hit.at };
    if (step + 1 === path.length - 1) gatherLeaf(b, element.type, element.at, v);
    else if (element.type === TYPE.object || element.type === TYPE.array) {
      gather(b, element.at, path, step + 2, v);
    }
  }
  someElement(b, at, (_b, t, o) => {
    if (t === TYPE.object) gather(b, o, path, step + 1, v);
  });
  if (v.pairs.length === before) v.pairs.push(TYPE.missing, 0);
}

/** Returns what an index or a sort sees of a document at a path. */
export function fieldValues(raw: Buffer, path: readonly PathStep[]): FieldValues {
  const values: FieldValues = { pairs: [], multikey: false, absent: true };
  gather(raw, 0, path, 0, values);
  return values;
}

/** Writes one of the values of a field. */
export function writeFieldValue(w: KeyWriter, b: Buffer, type: number, at: number): void {
  if (type === EMPTY_ARRAY) w.byte(ORDER.emptyArray);
  else writeValue(w, b, type, at);
}

const writer = new KeyWriter();

function writeColumn(b: Buffer, type: number, at: number, descending: boolean) {
  const from = writer.length;
  writeFieldValue(writer, b, type, at);
  if (descending) writer.invert(from);
}

function everyKey(b: Buffer, fields: readonly IndexField[], columns: readonly FieldValues[]) {
  const seen = new Set<string>();
  const keys: Buffer[] = [];
  const add = (column: number, start: number) => {
    const { pairs } = columns[column] as FieldValues;
    for (let i = 0; i < pairs.length; i += 2) {
      writer.length = start;
      const { descending } = fields[column] as IndexField;
      writeColumn(b, pairs[i] as number, pairs[i + 1] as number, descending);
      if (column < columns.length - 1) {
        add(column + 1, writer.length);
        continue;
      }
      const key = writer.take();
      const text = key.toString("latin1");
      if (!seen.has(text)) keys.push(key);
      seen.add(text);
    }
  };
  add(0, INDEX_ID_BYTES);
  return keys;
}

/** Returns the keys that a document has in an index of these fields. */
export function documentKeys(id: number, fields: readonly IndexField[], raw: Buffer): DocumentKeys {
  let multikey = false;
  let absent = true;
  const columns = fields.map((field) => {
    const values = fieldValues(raw, field.path);
    multikey ||= values.multikey;
    absent &&= values.absent;
    return values;
  });
  writer.length = 0;
  writer.reserve(INDEX_ID_BYTES);
  writer.length = writer.bytes.writeUInt32BE(id, 0);
  if (multikey) return { keys: everyKey(raw, fields, columns), multikey, absent };
  fields.forEach((field, i) => {
    const { pairs } = columns[i] as FieldValues;
    writeColumn(raw, pairs[0] as number, pairs[1] as number, field.descending);
  });
  return { keys: [writer.take()], multikey, absent };
}

/** A path that is followed from one of its steps on. */
interface Trail {
  readonly path: readonly PathStep[];
  readonly step: number;
}

/** Follows a path through documents; returns the array that it meets and what of it is left there, if any. */
function firstArray(b: Buffer, off: number, { path, step }: Trail) {
  let from = off;
  for (let i = step; i < path.length; i++) {
    if (!findField(b, from, (path[i] as PathStep).bytes)) return undefined;
    from = hit.at;
    if (hit.type === TYPE.array) return { array: from, step: i + 1 };
    if (hit.type !== TYPE.object) return undefined;
  }
  return undefined;
}

/**
 * Returns whether fields of an index meet different arrays in one document. Fields of the elements of one array do
 * not, unless they meet different arrays within one element.
 */
export function meetsParallelArrays(b: Buffer, off: number, trails: readonly Trail[]): boolean {
  const inside: Trail[] = [];
  let met: number | undefined;
  for (const trail of trails) {
    const { array, step } = firstArray(b, off, trail) ?? {};
    if (array === undefined || step === undefined) continue;
    if (met !== undefined && met !== array) return true;
    met = array;
    if (step < trail.path.length) inside.push({ path: trail.path, step });
  }
  if (met === undefined || inside.length < 2) return false;
  return someElement(b, met, (_b, t, o) => t === TYPE.object && meetsParallelArrays(b, o, inside));
}

/** Returns the values of the fields that made a duplicate key, for the driver's `keyValue`. */
export function keyValues(fields: readonly IndexField[], raw: Buffer): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const field of fields) {
    const values = fieldValues(raw, field.path);
    const [type, at] = values.pairs as [number, number];
    out[field.name] = type > 0 ? valueAt(raw, type, at) : null;
  }
  return out;
}
