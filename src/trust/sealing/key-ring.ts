import {
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/** A key that seals patient data. */
interface SealingKey {
  /** Eight hexadecimal digits, which stand in everything that it seals. */
  readonly id: string;
  /** ISO instant, UTC. */
  readonly createdAt: string;
  /** AES-256. */
  readonly key: KeyObject;
}

/**
 * The keys of an installation, kept outside the database. What is sealed anew is sealed by the current key; the others
 * open what they once sealed, until a rotation has sealed it again.
 */
export interface KeyRing {
  readonly current: SealingKey;
  readonly keys: ReadonlyMap<string, SealingKey>;
  /** For blind indexes (HMAC-SHA-256). It stays as long as what was indexed by it. */
  readonly indexKey: KeyObject;
  /** Signs checkpoints of the audit chain (Ed25519). */
  readonly signingKey: KeyObject;
}

/** A key ring as its file says it. */
interface KeyRingFile {
  readonly format: "claimwright-keys-1";
  readonly current: string;
  readonly keys: readonly {
    readonly id: string;
    readonly createdAt: string;
    readonly key: string;
  }[];
  readonly indexKey: string;
  readonly signingKey: string;
}

const KEY_BYTES = 32;
const ID_BYTES = 4;

/** A ring of new keys. */
export function newKeyRing(at: Date): KeyRing {
  const first = newKey(at);
  return {
    current: first,
    keys: new Map([[first.id, first]]),
    indexKey: createSecretKey(randomBytes(KEY_BYTES)),
    signingKey: generateKeyPairSync("ed25519").privateKey,
  };
}

/** The ring with a new current key beside those that it had. */
export function withNewKey(ring: KeyRing, at: Date): KeyRing {
  let key = newKey(at);
  while (ring.keys.has(key.id)) key = newKey(at);
  return { ...ring, current: key, keys: new Map([...ring.keys, [key.id, key]]) };
}

/** The ring without the keys that are no longer needed; the current one stays. */
export function withoutOldKeys({ current, ...rest }: KeyRing): KeyRing {
  return { ...rest, current, keys: new Map([[current.id, current]]) };
}

function newKey(at: Date): SealingKey {
  const id = randomBytes(ID_BYTES).toString("hex");
  return { id, createdAt: at.toISOString(), key: createSecretKey(randomBytes(KEY_BYTES)) };
}

/** The text of a ring's file. */
export function writeKeyRing({ current, keys, indexKey, signingKey }: KeyRing): string {
  const file: KeyRingFile = {
    format: "claimwright-keys-1",
    current: current.id,
    keys: [...keys.values()].map(({ id, createdAt, key }) => ({
      id,
      createdAt,
      key: key.export().toString("base64"),
    })),
    indexKey: indexKey.export().toString("base64"),
    signingKey: signingKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Thrown for a text that is no key ring; says what is wrong and never what stands there. */
export class BadKeyRing extends Error {
  constructor(what: string) {
    super(`The keys cannot be read: ${what}.`);
    this.name = "BadKeyRing";
  }
}

/** The ring that a text says, or BadKeyRing. */
export function readKeyRing(text: string): KeyRing {
  const file = parse(text);
  const keys = new Map(
    file.keys.map(({ id, createdAt, key }) => [id, { id, createdAt, key: secret(key) }]),
  );
  const current = keys.get(file.current);
  if (current === undefined) throw new BadKeyRing("the current key is not among the keys");
  return { current, keys, indexKey: secret(file.indexKey), signingKey: signing(file.signingKey) };
}

function parse(text: string): KeyRingFile {
  let file: Partial<KeyRingFile> | null;
  try {
    file = JSON.parse(text) as Partial<KeyRingFile> | null;
  } catch {
    throw new BadKeyRing("this is no JSON");
  }
  if (file?.format !== "claimwright-keys-1") throw new BadKeyRing("the format is not known");
  const { keys } = file;
  const areKeys =
    Array.isArray(keys) &&
    keys.every((each: unknown) => {
      const { id, createdAt } = (each ?? {}) as Record<string, unknown>;
      return typeof id === "string" && /^[0-9a-f]{8}$/.test(id) && typeof createdAt === "string";
    });
  if (!areKeys) throw new BadKeyRing("a key has no id of eight hexadecimal digits");
  return file as KeyRingFile;
}

function secret(text: unknown): KeyObject {
  const bytes = Buffer.from(typeof text === "string" ? text : "", "base64");
  if (bytes.length !== KEY_BYTES) throw new BadKeyRing("a key is not of 256 bits");
  return createSecretKey(bytes);
}

function signing(text: unknown): KeyObject {
  try {
    const key = Buffer.from(String(text), "base64");
    const signingKey = createPrivateKey({ key, type: "pkcs8", format: "der" });
    if (signingKey.asymmetricKeyType === "ed25519") return signingKey;
  } catch {
    // Told below, without the words of the library.
  }
  throw new BadKeyRing("the signing key is no Ed25519 key");
}
