/** MongoDB's wire protocol: OP_MSG both ways, and the OP_QUERY that old handshakes still send. */
import { Long } from "bson";
import {
  bodyOf,
  checkDocument,
  type Doc,
  eachField,
  elementOf,
  encode,
  findField,
  frameDocument,
  hit,
  int32At,
  nameBytes,
  TYPE,
  valueAt,
  valueEnd,
} from "./bson-raw.ts";
import { fault } from "./errors.ts";

/** Largest message; larger ones drop the connection. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const FLAG_MORE_TO_COME = 2;
/** A server that does not know one of these must refuse the message. */
const REQUIRED_FLAGS = 0xffff;

/** Arrays of statements stay raw: they are many, and most are stored as they are. */
const RAW_FIELDS: ReadonlySet<string> = new Set(["documents", "updates", "deletes"]);

/** A command as it came. */
export interface Message {
  readonly requestId: number;
  readonly name: string;
  readonly body: Doc;
  readonly raw: Buffer;
  readonly statements: readonly Buffer[];
  readonly legacy: boolean;
  /** The client wants no answer. */
  readonly silent: boolean;
}

/** Returns the length of the message that starts a buffer; undefined while its header is incomplete. */
export function messageLength(b: Buffer): number | undefined {
  if (b.length < HEADER_BYTES) return undefined;
  const length = int32At(b, 0);
  const operation = int32At(b, 12);
  const known = operation === OP_MSG || operation === OP_QUERY;
  if (!known || length < HEADER_BYTES + 5 || length > MAX_MESSAGE_BYTES) {
    throw fault(9, "not a message of this protocol");
  }
  return length;
}

/** Returns the id that the answer to a message must name. */
export function requestIdOf(message: Buffer): number {
  return int32At(message, 4);
}

/** Returns a message's command, or throws when it is malformed. */
export function parseMessage(b: Buffer): Message {
  return int32At(b, 12) === OP_MSG ? parseMsg(b) : parseQuery(b);
}

function parseMsg(b: Buffer): Message {
  const flags = int32At(b, 16);
  if (flags & REQUIRED_FLAGS & ~FLAG_MORE_TO_COME) {
    throw fault(223, "Message contains illegal flags value"); // a checksum, too: no driver sends one
  }
  const end = b.length;
  let body: Buffer | undefined;
  let statements: Buffer[] | undefined;
  let p = 20;
  while (p < end) {
    const kind = b[p++];
    const sectionEnd = p + int32At(b, p);
    if (sectionEnd > end || sectionEnd < p + 5) throw fault(9, "bad section length");
    if (kind === 0 && !body) {
      checkDocument(b, p, sectionEnd);
      body = b.subarray(p, sectionEnd);
    } else if (kind === 1 && !statements) statements = parseSequence(b, p + 4, sectionEnd);
    else throw fault(9, "bad or repeated section");
    p = sectionEnd;
  }
  if (!body) throw fault(9, "a message without a body");
  const silent = (flags & FLAG_MORE_TO_COME) !== 0;
  return { ...commandOf(body, statements), requestId: requestIdOf(b), legacy: false, silent };
}

function parseSequence(b: Buffer, start: number, end: number): Buffer[] {
  let p = start;
  while (p < end && b[p] !== 0) p++;
  p++;
  const documents: Buffer[] = [];
  while (p < end) {
    const next = p + int32At(b, p);
    if (next > end) throw fault(9, "bad document length");
    checkDocument(b, p, next);
    documents.push(b.subarray(p, next));
    p = next;
  }
  return documents;
}

function parseQuery(b: Buffer): Message {
  let p = 20;
  while (p < b.length && b[p] !== 0) p++;
  p += 9;
  const end = p + int32At(b, p);
  checkDocument(b, p, end);
  const parsed = commandOf(b.subarray(p, end), undefined);
  const body = { ...parsed.body, $db: "admin" };
  return { ...parsed, body, requestId: requestIdOf(b), legacy: true, silent: false };
}

/** Returns the command that a raw document is; its `lsid` becomes the session's id as text. */
export function commandOf(raw: Buffer, sequence: Buffer[] | undefined) {
  const body: Doc = {};
  let name: string | undefined;
  let statements = sequence ?? [];
  eachField(raw, 0, (field, type, at) => {
    name ??= field;
    if (type === TYPE.array && RAW_FIELDS.has(field)) statements = rawElements(raw, at);
    else if (field === "lsid") body.lsid = type === TYPE.object ? sessionAt(raw, at) : undefined;
    else body[field] = valueAt(raw, type, at);
  });
  if (name === undefined) throw fault(9, "an empty command");
  return { name, body, raw, statements };
}

/** Returns the id of the session that a document names, as text. */
function sessionAt(raw: Buffer, off: number): string | undefined {
  if (!findField(raw, off, nameBytes("id")) || hit.type !== TYPE.binary) return undefined;
  return raw.toString("hex", hit.at + 5, valueEnd(raw, hit.type, hit.at));
}

function rawElements(raw: Buffer, at: number): Buffer[] {
  const out: Buffer[] = [];
  eachField(raw, at, (_name, type, from) => {
    if (type !== TYPE.object) throw fault(14, "statements must be documents");
    out.push(raw.subarray(from, valueEnd(raw, type, from)));
  });
  return out;
}

let lastReplyId = 0;

/** Returns the bytes of an answer whose body is raw BSON. */
export function replyBytes(
  request: { requestId: number; legacy: boolean },
  body: Buffer,
): [header: Buffer, body: Buffer] {
  const header = Buffer.alloc(request.legacy ? 36 : 21);
  header.writeInt32LE(header.length + body.length, 0);
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  header.writeInt32LE(lastReplyId, 4);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) header.writeInt32LE(1, 32); // one document follows
  return [header, body];
}

const ELEMENT = Buffer.from([TYPE.object]);
/** Where the cursor starts in an answer, and what stands behind its array: three ends, and `ok` as an int32. */
const CURSOR_AT = 12;
const BEHIND_BATCH = 11;

/** Returns `{ cursor: { id, ns, [batchName]: [...] }, ok: 1 }` around raw documents, in one copy. */
export function cursorBody(
  id: bigint,
  ns: string,
  batchName: "firstBatch" | "nextBatch",
  batch: readonly Buffer[],
): Buffer {
  const frame = encode({ cursor: { id: Long.fromBigInt(id), ns, [batchName]: [] }, ok: 1 });
  const at = frame.length - BEHIND_BATCH;
  const parts = batch.flatMap((document, i) => [ELEMENT, nameBytes(String(i)), document]);
  const out = Buffer.concat([frame.subarray(0, at), ...parts, frame.subarray(at)]);
  const grown = out.length - frame.length;
  for (const start of [0, CURSOR_AT, at - 4]) {
    out.writeInt32LE(out.readInt32LE(start) + grown, start);
  }
  return out;
}

/** Returns `{ value: <raw document or null>, ...rest, ok: 1 }`. */
export function valueBody(value: Buffer | null, rest: Doc): Buffer {
  const type = value ? TYPE.object : TYPE.null;
  const found = elementOf("value", type, value ?? Buffer.alloc(0));
  return frameDocument([found, bodyOf(encode({ ...rest, ok: 1 }))]);
}
