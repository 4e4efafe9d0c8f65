import { createReadStream } from "node:fs";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Actor, App } from "../../app/context.ts";
import { ingestFile } from "../../app/ingest-file.ts";

/** The most files of one look; the rest waits for the next. */
const FILES_MAX = 100;

/**
 * Takes every file of the inbox in, in the order of their names, and puts it into `done` or, when it cannot be
 * read at all, `failed`. A file that is still being written carries `.part` and is left alone.
 */
export async function takeInbox(app: App, actor: Actor, inbox: string): Promise<void> {
  const done = join(inbox, "done");
  const failed = join(inbox, "failed");
  await mkdir(done, { recursive: true });
  await mkdir(failed, { recursive: true });
  const entries = await readdir(inbox, { withFileTypes: true });
  const names = entries
    .filter(
      (entry) => entry.isFile() && !entry.name.endsWith(".part") && !entry.name.startsWith("."),
    )
    .map(({ name }) => name)
    .sort()
    .slice(0, FILES_MAX);
  for (const name of names) {
    const path = join(inbox, name);
    try {
      const open = () => createReadStream(path);
      const summary = await ingestFile(app, actor, { name, open }, () => undefined);
      const { posted, parked, duplicates, findings } = summary;
      app.log.info("file-ingested", { posted, parked, duplicates, findings });
      await rename(path, join(done, name));
    } catch (error) {
      app.log.error("file-refused", { error });
      await rename(path, join(failed, name));
    }
  }
}
