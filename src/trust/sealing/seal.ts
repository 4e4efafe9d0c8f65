import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyRing } from "./key-ring.ts";

/** The first byte of everything sealed: the form of what follows. */
const FORM = 1;
const ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + ID_BYTES + NONCE_BYTES;

/** Where a sealed value stands. It is bound to its place: moved to another, it does not open. */
export interface Place {
  readonly collection: string;
  readonly practiceId: string;
  readonly id: string;
  readonly field: string;
}

/** Thrown where a sealed value does not open: it was changed, moved, or its key is not in the ring. */
export class CannotOpen extends Error {
  /** The id of the key that is not in the ring; undefined where the key is there. */
  readonly missingKey: string | undefined;

  constructor(missingKey?: string) {
    super(
      missingKey === undefined
        ? "A sealed value was changed or moved."
        : `A sealed value needs the key ${missingKey}, which is not among the keys.`,
    );
    this.name = "CannotOpen";
    this.missingKey = missingKey;
  }
}

const POOL_BYTES = NONCE_BYTES * 512;
let pool = Buffer.alloc(0);
let used = 0;

/** Chance is dear to ask for; it is drawn for many nonces at once. */
function nonce(): Buffer {
  if (used >= pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += NONCE_BYTES;
  return pool.subarray(used - NONCE_BYTES, used);
}

function bytesOf({ collection, practiceId, id, field }: Place): Buffer {
  return Buffer.from(`${collection}\0${practiceId}\0${id}\0${field}`);
}

/**
 * A text sealed by the ring's current key: AES-256-GCM under a random nonce, with the place as additional data
 * (45 CFR 164.312(a)(2)(iv)). The id of the key stands in the clear.
 */
export function seal({ current }: KeyRing, text: string, place: Place): Buffer {
  const iv = nonce();
  const cipher = createCipheriv("aes-256-gcm", current.key, iv);
  cipher.setAAD(bytesOf(place));
  const body = cipher.update(text, "utf8");
  cipher.final();
  const head = Buffer.allocUnsafe(1 + ID_BYTES);
  head[0] = FORM;
  head.write(current.id, 1, "hex");
  return Buffer.concat([head, iv, body, cipher.getAuthTag()]);
}

/** The id of the key that sealed a value. */
export function keyIdOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.buffer, sealed.byteOffset + 1, ID_BYTES).toString("hex");
}

/** The text that was sealed for this place, or CannotOpen. */
export function open({ keys }: KeyRing, sealed: Uint8Array, place: Place): string {
  if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORM) throw new CannotOpen();
  const id = keyIdOf(sealed);
  const key = keys.get(id)?.key;
  if (key === undefined) throw new CannotOpen(id);
  const end = sealed.length - TAG_BYTES;
  const iv = sealed.subarray(1 + ID_BYTES, HEAD_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(bytesOf(place));
  decipher.setAuthTag(sealed.subarray(end));
  const text = decipher.update(sealed.subarray(HEAD_BYTES, end));
  try {
    decipher.final();
  } catch {
    throw new CannotOpen();
  }
  return text.toString("utf8");
}
