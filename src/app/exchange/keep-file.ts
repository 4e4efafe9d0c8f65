import { createHash } from "node:crypto";
import type { Actor, App } from "../context.ts";
import { OperatingError } from "../errors.ts";

/** The largest file that is taken in; an 835 of a million claims has about 600 MB. */
const BYTES_MAX = 2 * 1024 * 1024 * 1024;

/**
 * Keeps the bytes of a file, durably, before anything is read of it; the same bytes are kept once.
 * Returns the file's id.
 */
export async function keepFile(
  app: App,
  actor: Actor,
  direction: "in" | "out" | "letter",
  name: string,
  open: () => AsyncIterable<Uint8Array>,
): Promise<string> {
  const { sha256, byteLength } = await digestOf(open());
  if (byteLength === 0) throw new OperatingError("file-empty");
  const practice = app.store.practice(actor.practiceId);
  const known = await practice.files.findOne({ sha256, direction });
  if (known !== undefined) return known._id;
  const id = app.newId();
  await app.store.fileBytes.put(actor.practiceId, id, open());
  const kept = await app.store.transaction(async (session) => {
    // All that keep files change one counter, so that of two with the same bytes one sees the other.
    await practice.counters.increment("file", 1, session);
    const other = await practice.files.findOne({ sha256, direction }, { session });
    if (other !== undefined) return other._id;
    const doc = { _id: id, direction, name, sha256, byteLength, kinds: [], at: app.now() };
    await practice.files.insert([doc], session);
    return id;
  });
  if (kept !== id) await app.store.fileBytes.remove(actor.practiceId, id);
  return kept;
}

async function digestOf(chunks: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  let byteLength = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    byteLength += chunk.length;
    if (byteLength > BYTES_MAX) throw new OperatingError("too-large");
  }
  return { sha256: hash.digest("hex"), byteLength };
}

/** The last part of a path, of characters that are safe in a listing. */
export function baseName(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  return name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 100) || "file";
}
