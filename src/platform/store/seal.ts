import { keyIdOf, open, type Place, seal } from "../../trust/sealing/index.ts";
import type { Keys } from "../keys/index.ts";
import type { Stored } from "./documents.ts";

const FIELD = "packed";

/** Bytes as the driver gives them: a Buffer, or BSON's own class around one. */
interface DriverBinary {
  readonly buffer: Uint8Array;
  readonly position: number;
}

/** A document as it is stored: its sealed fields in one text, sealed, or not yet where it is from an older version. */
type Closed = Stored & { readonly packed?: string | Uint8Array | DriverBinary };

/** A sealed text that takes the place of another, and of the fields that stood open. */
interface Renewal {
  readonly packed: Buffer;
  readonly open: readonly string[];
}

/** Closes and opens what a collection keeps sealed. */
export class Seal {
  readonly fields: readonly string[];
  readonly #keys: Keys;
  readonly #collection: string;

  constructor(keys: Keys, collection: string, fields: readonly string[]) {
    this.fields = fields;
    this.#keys = keys;
    this.#collection = collection;
  }

  /** The document with its sealed fields in one sealed text; as it is where it has none of them. */
  close(document: Record<string, unknown>): Record<string, unknown> {
    if (this.fields.every((field) => document[field] === undefined)) return document;
    const closed = { ...document };
    const text: Record<string, unknown> = {};
    for (const field of this.fields) {
      text[field] = closed[field];
      delete closed[field];
    }
    const place = this.#place(closed as unknown as Stored);
    closed[FIELD] = seal(this.#keys.ring, JSON.stringify(text), place);
    return closed;
  }

  /** The document with its sealed fields; CannotOpen where they were changed, moved, or their key is not there. */
  open(document: Stored): Stored {
    const { packed, ...rest } = document as Closed;
    if (packed === undefined) return document;
    return { ...rest, ...(JSON.parse(this.#textOf(packed, document)) as object) };
  }

  /**
   * What makes a stored document sealed, all of it, by the current key; undefined where it is. What an older version
   * left open is sealed, too.
   */
  renew(document: Stored): Renewal | undefined {
    const { packed } = document as Closed;
    const { ring } = this.#keys;
    const open = this.fields.filter((field) => Object.hasOwn(document, field));
    const isCurrent =
      packed === undefined ||
      (typeof packed !== "string" && keyIdOf(bytesOf(packed)) === ring.current.id);
    if (isCurrent && open.length === 0) return undefined;
    const { _id, practiceId, ...content } = this.open(document) as Stored & Record<string, unknown>;
    const text = Object.fromEntries(this.fields.map((field) => [field, content[field]]));
    const place = this.#place({ _id, practiceId });
    return { packed: seal(ring, JSON.stringify(text), place), open };
  }

  #textOf(packed: NonNullable<Closed["packed"]>, document: Stored): string {
    if (typeof packed === "string") return packed;
    const bytes = bytesOf(packed);
    return open(this.#keys.having(keyIdOf(bytes)), bytes, this.#place(document));
  }

  #place({ _id, practiceId }: Stored): Place {
    return { collection: this.#collection, practiceId, id: _id, field: FIELD };
  }
}

function bytesOf(packed: Uint8Array | DriverBinary): Uint8Array {
  return packed instanceof Uint8Array ? packed : packed.buffer.subarray(0, packed.position);
}
