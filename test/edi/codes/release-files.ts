import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../../../shared/codesets");

/** The bytes of an official release kept beside the repository; skips the test where it is not. */
export function releaseFile(test: Mocha.Context, path: string): Uint8Array {
  const file = resolve(ROOT, path);
  if (!existsSync(file)) test.skip();
  return readFileSync(file);
}

/** Text as the bytes of a file. */
export function bytesOf(...lines: string[]): Uint8Array {
  return new TextEncoder().encode(lines.join("\r\n"));
}

/** The only element of `all`. */
export function only<T>(all: readonly T[]): T {
  const [first, ...others] = all;
  if (first === undefined || others.length > 0) throw new Error(`${all.length} instead of one`);
  return first;
}
