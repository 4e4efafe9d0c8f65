import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing } from "./key-ring.ts";
import { CannotOpen, type Place } from "./seal.ts";

/** How a sealed stream begins. No X12, no CSV and no bank's file begins with a byte of 0x89. */
const MAGIC = Buffer.from([0x89, 0x43, 0x57, 0x53, 0x0d, 0x0a, 0x1a, 0x01]);
const ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + ID_BYTES + NONCE_BYTES;
/** What is sealed at a time; the stream is only ever held in pieces of this size. */
const PIECE_BYTES = 256 * 1024;

/** The nonce of a piece: that of the stream, with the number of the piece in its last four bytes. */
function nonceOf(base: Buffer, index: number): Buffer {
  const nonce = Buffer.from(base);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ index) >>> 0, 8);
  return nonce;
}

/** Bound to its place, its number and to being the last, so that no piece can be moved, and no end cut off. */
function bound({ collection, practiceId, id, field }: Place, index: number, last: boolean): Buffer {
  return Buffer.from(
    `${collection}\0${practiceId}\0${id}\0${field}\0${index}\0${last ? "end" : ""}`,
  );
}

/** Bytes in pieces of one size, the last one shorter, perhaps empty; tells which is the last. */
async function* pieces(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ readonly bytes: Buffer; readonly last: boolean }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    held += chunk.length;
    if (held <= size) continue;
    // What fills the last piece wholly stays until it is known that more comes.
    const all = Buffer.concat(parts, held);
    let at = 0;
    for (; held - at > size; at += size) yield { bytes: all.subarray(at, at + size), last: false };
    parts = [all.subarray(at)];
    held -= at;
  }
  yield { bytes: Buffer.concat(parts, held), last: true };
}

/** A stream sealed by the ring's current key, piece by piece (AES-256-GCM), bound to its place. */
export async function* sealStream(
  { current }: KeyRing,
  chunks: AsyncIterable<Uint8Array>,
  place: Place,
): AsyncGenerator<Buffer> {
  const base = randomBytes(NONCE_BYTES);
  yield Buffer.concat([MAGIC, Buffer.from(current.id, "hex"), base]);
  let index = 0;
  for await (const { bytes, last } of pieces(chunks, PIECE_BYTES)) {
    const cipher = createCipheriv("aes-256-gcm", current.key, nonceOf(base, index));
    cipher.setAAD(bound(place, index, last));
    const body = cipher.update(bytes);
    cipher.final();
    yield Buffer.concat([body, cipher.getAuthTag()]);
    index += 1;
  }
}

/**
 * The stream that was sealed for this place; one that was never sealed comes as it is. Each piece is proved before it is
 * given out: CannotOpen where it, its order or the stream's end is not as it was sealed.
 */
export async function* openStream(
  ringOf: (keyId: string) => KeyRing,
  chunks: AsyncIterable<Uint8Array>,
  place: Place,
): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const { head, rest } = await takeHead(source);
  if (!head.subarray(0, MAGIC.length).equals(MAGIC)) {
    yield* rest;
    return;
  }
  if (head.length < HEAD_BYTES) throw new CannotOpen();
  const id = head.toString("hex", MAGIC.length, MAGIC.length + ID_BYTES);
  const key = ringOf(id).keys.get(id)?.key;
  if (key === undefined) throw new CannotOpen(id);
  const base = head.subarray(MAGIC.length + ID_BYTES, HEAD_BYTES);
  let index = 0;
  for await (const { bytes, last } of pieces(skip(rest, HEAD_BYTES), PIECE_BYTES + TAG_BYTES)) {
    if (bytes.length < TAG_BYTES) throw new CannotOpen();
    const end = bytes.length - TAG_BYTES;
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(base, index));
    decipher.setAAD(bound(place, index, last));
    decipher.setAuthTag(bytes.subarray(end));
    const opened = decipher.update(bytes.subarray(0, end));
    try {
      decipher.final();
    } catch {
      throw new CannotOpen();
    }
    if (opened.length > 0) yield opened;
    index += 1;
  }
}

/** The id of the key that sealed a stream, from its first bytes; undefined where it was never sealed. */
export function streamKeyId(head: Buffer): string | undefined {
  if (!head.subarray(0, MAGIC.length).equals(MAGIC) || head.length < HEAD_BYTES) return undefined;
  return head.toString("hex", MAGIC.length, MAGIC.length + ID_BYTES);
}

/** Reads until the head is whole, and gives everything again from the first byte on. */
async function takeHead(source: AsyncIterator<Uint8Array>) {
  const read: Uint8Array[] = [];
  let length = 0;
  let isDone = false;
  while (length < HEAD_BYTES && !isDone) {
    const next = await source.next();
    if (next.done) isDone = true;
    else {
      read.push(next.value);
      length += next.value.length;
    }
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    yield* read;
    if (!isDone) yield* { [Symbol.asyncIterator]: () => source };
  }
  return { head: Buffer.concat(read).subarray(0, HEAD_BYTES), rest: rest() };
}

async function* skip(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    const from = Math.min(left, chunk.length);
    left -= from;
    if (from < chunk.length) yield chunk.subarray(from);
  }
}
