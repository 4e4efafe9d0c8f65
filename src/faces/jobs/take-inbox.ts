import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Actor, App } from "../../app/context.ts";
import { ingestFile } from "../../app/exchange/ingest-file.ts";
import { storeTrouble } from "../../app/store-trouble.ts";
import { type Arrival, arrivedWhole } from "./arrived-whole.ts";

/** The most files of one look; the rest waits for the next. */
const FILES_MAX = 100;

/** What programs that copy or receive files call one that they are still at. */
const IN_TRANSIT = /^\.|\.(part|partial|filepart|tmp)$/i;

/**
 * Takes every file of the inbox in, in the order of their names, and puts it into `done` or, when it cannot be
 * read at all, `failed`. A file that is still being written is left alone: one that says so by its name (`.part`),
 * grows, or does not end as an interchange does. When the database is in trouble, files stay for the next look.
 * Two that look at once post each file once, whoever puts it aside.
 */
export async function takeInbox(app: App, actor: Actor, inbox: string): Promise<void> {
  for (const folder of ["done", "failed"]) await mkdir(join(inbox, folder), { recursive: true });
  const entries = await readdir(inbox, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !IN_TRANSIT.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .slice(0, FILES_MAX);
  for (const arrival of await arrivedWhole(inbox, names)) {
    if (!(await takeOne(app, actor, inbox, arrival))) return;
  }
}

/** Takes one file in and puts it aside; false when the database cannot take any now. */
async function takeOne(
  app: App,
  actor: Actor,
  inbox: string,
  { name, size, changedMs }: Arrival,
): Promise<boolean> {
  const path = join(inbox, name);
  try {
    const open = () => createReadStream(path);
    const summary = await ingestFile(app, actor, { name, open }, () => undefined);
    const { posted, parked, duplicates, findings } = summary;
    app.log.info("file-ingested", { posted, parked, duplicates, findings });
    const after = await stat(path);
    if (after.size === size && after.mtimeMs === changedMs) await putAside(inbox, name, "done");
    else app.log.warn("file-left", { bytes: after.size });
  } catch (error) {
    if (isGone(error)) return true;
    const trouble = storeTrouble(error);
    if (trouble !== undefined) {
      app.log.error("file-left", { code: trouble.code, error });
      return false;
    }
    app.log.error("file-refused", { error });
    await putAside(inbox, name, "failed");
  }
  return true;
}

async function putAside(inbox: string, name: string, folder: "done" | "failed"): Promise<void> {
  await rename(join(inbox, name), join(inbox, folder, name)).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

/** The file is not there any more: another process that looks at the same inbox has put it aside. */
function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
