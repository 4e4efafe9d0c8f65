/** An embedded store in a temporary folder, whatever server the suite runs on, and a client of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Db, type Document, MongoClient, type MongoClientOptions } from "mongodb";
import { startEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { TRIAL } from "../shape-record.ts";

/** An open store with a client. */
export interface OpenedStore {
  readonly client: MongoClient;
  readonly db: Db;
  readonly uri: string;
  close(): Promise<void>;
}

/** What a client is opened with; `prepare` is given it before it connects. */
export interface ClientOptions {
  readonly options?: MongoClientOptions;
  readonly prepare?: (client: MongoClient) => void;
}

/** Returns a new folder and what removes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "cw-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Returns a client of a server, with a database of a name of its own, empty. */
export async function openedClient(
  uri: string,
  name: string,
  { options = { appName: TRIAL }, prepare }: ClientOptions = {},
): Promise<OpenedStore> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000, ...options });
  prepare?.(client);
  await client.connect();
  const db = client.db(`cw_test_${name}`);
  await db.dropDatabase();
  const close = async () => {
    await db.dropDatabase();
    await client.close();
  };
  return { client, db, uri, close };
}

/** Returns an embedded store of its own, empty. */
export async function openedStore(name: string, options: ClientOptions = {}): Promise<OpenedStore> {
  const folder = temporaryFolder();
  const embedded = await startEmbedded({ directory: folder.path });
  const opened = await openedClient(embedded.uri, name, options);
  const close = async () => {
    await opened.close();
    await embedded.close();
    folder.remove();
  };
  return { ...opened, close };
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
