/** A store served inside the test's own process, so that a test may give it an engine that fails, or a clock. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "bson";
import type { Clock } from "../../../../src/platform/store/embedded/clock.ts";
import { openServer, type Server } from "../../../../src/platform/store/embedded/command.ts";
import type { Engine } from "../../../../src/platform/store/embedded/engine.ts";
import { sweep } from "../../../../src/platform/store/embedded/janitor.ts";
import { listen } from "../../../../src/platform/store/embedded/listener.ts";
import { STORE_FILE } from "../../../../src/platform/store/embedded/owner.ts";
import { openStore } from "../../../../src/platform/store/embedded/store.ts";
import { openWriter } from "../../../../src/platform/store/embedded/tables.ts";
import { closeTransactions } from "../../../../src/platform/store/embedded/transaction.ts";
import { type RawClient, rawClient } from "./raw-client.ts";

/** A store that answers on a socket in its folder. */
export interface ServedStore {
  readonly server: Server;
  readonly uri: string;
  readonly raw: RawClient;
  /** Sends a command to the database `t`. */
  ask(command: Document): Promise<Document>;
  /** Does what the store does from time to time. */
  sweep(): void;
  close(): Promise<void>;
}

/** Serves the store of a folder, which is made where it does not exist. */
export async function servedStore(
  directory: string,
  { engine, clock }: { engine?: Engine; clock?: Clock } = {},
): Promise<ServedStore> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, STORE_FILE);
  const path = join(directory, "s.sock");
  const server = openServer(openStore(file, openWriter(file, engine), clock), path, false);
  const listener = await listen(server, null, path);
  const uri = `mongodb://${encodeURIComponent(path)}/t?directConnection=true`;
  const raw = await rawClient(uri);
  return {
    server,
    uri,
    raw,
    ask: (command) => raw.send({ ...command, $db: command.$db ?? "t" }),
    sweep: () => sweep(server),
    close: async () => {
      raw.close();
      await listener.close();
      closeTransactions(server.store);
      server.store.tables.db.close();
    },
  };
}
