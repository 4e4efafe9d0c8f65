/** The keys of all tests: one ring for every process of the suite, so that tests and programs open one store. */
import { createPrivateKey, createSecretKey } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Keys, keyFile } from "../src/platform/keys/index.ts";
import { type KeyRing, writeKeyRing } from "../src/trust/sealing/index.ts";

const AT = "2026-01-01T00:00:00.000Z";
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A ring that is the same in every process; its keys are of one byte each, the ids their names. */
export function testRing(): KeyRing {
  const [first, second] = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer];
  const current = { id: "00000001", createdAt: AT, key: createSecretKey(first) };
  const key = Buffer.concat([ED25519_PKCS8, Buffer.alloc(32, 3)]);
  return {
    current,
    keys: new Map([[current.id, current]]),
    indexKey: createSecretKey(second),
    signingKey: createPrivateKey({ key, type: "pkcs8", format: "der" }),
  };
}

/** The file of the test ring, made where it is not there. */
export function testKeyFile(): string {
  const folder = join(tmpdir(), `claimwright-test-keys-${process.getuid?.() ?? 0}`);
  const file = join(folder, "keys.json");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, writeKeyRing(testRing()), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file); // whole at once: other processes read it
  }
  return file;
}

/** Keys for a store that a test opens itself. */
export function testKeys(): Keys {
  return Keys.load(keyFile(testKeyFile()), () => new Date(AT));
}
