/** Which shapes of commands conformance cases try, and which ones clients have sent in this run. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CommandStartedEvent, MongoClient } from "mongodb";
import { shapesOf } from "./command-shape.ts";

/**
 * The application name of clients that only try the store out: those of conformance cases, and of the tests of the
 * embedded store's own inside, which may send what no application does.
 */
export const TRIAL = "trial";

/** How the list of tried shapes is written anew. */
export const REWRITE =
  "UPDATE_GOLDEN=1 npx mocha --no-parallel 'test/platform/store/conformance/*.test.ts'";

const FILE = fileURLToPath(new URL("./conformance/shapes.json", import.meta.url));

/** The tried shapes, in order, by the name of the conformance file whose cases try them. */
type Tried = Record<string, readonly string[]>;

/** Reads the committed list of tried shapes. */
export function triedShapes(): Tried {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Tried) : {};
}

/** Writes what one conformance file tries into the list. */
export function writeTriedShapes(name: string, shapes: readonly string[]): void {
  const all = Object.entries({ ...triedShapes(), [name]: shapes });
  const sorted = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** Calls `note` with the shapes of every command that a client sends from now on; call it before it connects. */
export function watchShapes(client: MongoClient, note: (shape: string) => void): void {
  client.options.monitorCommands = true;
  client.on("commandStarted", ({ command }: CommandStartedEvent) => {
    for (const shape of shapesOf(command)) note(shape);
  });
}
