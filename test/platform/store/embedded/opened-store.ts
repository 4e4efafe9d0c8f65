/** A store to test: the server of MONGODB_URI, or an embedded one in a temporary folder. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Db, type Document, MongoClient } from "mongodb";
import { startEmbedded } from "../../../../src/platform/store/embedded/index.ts";

/** True when the tests run against another server; what only concerns our files is then left out. */
export const isForeign = process.env.MONGODB_URI !== undefined;

/** An open store with a client. */
export interface OpenedStore {
  readonly client: MongoClient;
  readonly db: Db;
  readonly uri: string;
  close(): Promise<void>;
}

/** Returns a new folder and what removes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "cw-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Returns a store of a name of its own, empty. */
export async function openedStore(name: string): Promise<OpenedStore> {
  const given = process.env.MONGODB_URI;
  const folder = given === undefined ? temporaryFolder() : null;
  const embedded = folder ? await startEmbedded({ directory: folder.path }) : null;
  const uri = given ?? embedded?.uri ?? "";
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000 });
  await client.connect();
  const db = client.db(`cw_test_${name}`);
  await db.dropDatabase();
  return {
    client,
    db,
    uri,
    close: async () => {
      await db.dropDatabase();
      await client.close();
      await embedded?.close();
      folder?.remove();
    },
  };
}

/** Expects a promise to fail with a server error of a code, and returns that error. */
export async function expectCode(promise: Promise<unknown>, code: number): Promise<Document> {
  try {
    await promise;
  } catch (error) {
    expect((error as { code?: number }).code, String(error)).to.equal(code);
    return error as Document;
  }
  throw new Error(`expected an error of code ${code}`);
}
