import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import mongoose from "mongoose";
import { openStream, type Place, sealStream, streamKeyId } from "../../trust/sealing/index.ts";
import type { Keys } from "../keys/index.ts";

/** The bytes of files, sealed, in GridFS chunks under the file's own id and practice. */
export class FileBytes {
  readonly #bucket: mongoose.mongo.GridFSBucket;
  readonly #db: NonNullable<mongoose.Connection["db"]>;
  readonly #keys: Keys;

  constructor(connection: mongoose.Connection, keys: Keys) {
    const { db } = connection;
    if (db === undefined) throw new Error("the store is not open");
    this.#db = db;
    this.#keys = keys;
    this.#bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: "fileBytes" });
  }

  /** Keeps the bytes; returns when they are durable. */
  async put(practiceId: string, id: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#upload(bucketId(practiceId, id), bytes, practiceId, id);
  }

  /** Lets bytes go, where there are any: nothing refers to them, or their time is over. */
  async remove(practiceId: string, id: string): Promise<void> {
    for (const { _id } of await this.#versions(practiceId, id)) await this.#bucket.delete(_id);
  }

  /** The bytes of a file of this practice, undefined when there is none. */
  async get(practiceId: string, id: string): Promise<Buffer | undefined> {
    const stream = await this.open(practiceId, id);
    if (stream === undefined) return undefined;
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** The same as they come from the store, so that a large file is never whole in memory. */
  async open(practiceId: string, id: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const found = await this.#versions(practiceId, id);
    const latest = found.at(-1);
    if (latest === undefined) return undefined;
    const sealed = this.#bucket.openDownloadStream(latest._id);
    return openStream((keyId) => this.#keys.having(keyId), sealed, placeOf(practiceId, id));
  }

  /**
   * Seals by the current key the files that are sealed by another, or not at all; tells how far it has come. A file is
   * whole under its new key before it goes from under the old one.
   */
  async *reseal(): AsyncGenerator<{ collection: string; seen: number; resealed: number }> {
    const { current } = this.#keys.ring;
    let seen = 0;
    let resealed = 0;
    for await (const { _id } of this.#bucket.find({}, { sort: { _id: 1 } })) {
      const key = String(_id);
      const [name = ""] = key.split(VERSION);
      const [practiceId = ""] = name.split(":");
      const id = name.slice(practiceId.length + 1);
      const versions = await this.#versions(practiceId, id);
      const latest = versions.at(-1);
      if (String(latest?._id) === key) {
        seen += 1;
        if ((await this.#keyOf(_id)) !== current.id) {
          await this.#renew(practiceId, id, versions);
          resealed += 1;
        }
      }
      yield { collection: "fileBytes", seen, resealed };
    }
  }

  async #renew(practiceId: string, id: string, versions: readonly Version[]): Promise<void> {
    const bytes = await this.open(practiceId, id);
    if (bytes === undefined) return;
    const renewed = bucketId(practiceId, `${id}${VERSION}${this.#keys.ring.current.id}`);
    await this.#db.collection("fileBytes.chunks").deleteMany({ files_id: renewed }); // of one cut off
    await this.#upload(renewed, bytes, practiceId, id);
    for (const { _id } of versions) await this.#bucket.delete(_id);
  }

  async #upload(
    key: mongoose.mongo.ObjectId,
    bytes: AsyncIterable<Uint8Array>,
    practiceId: string,
    id: string,
  ): Promise<void> {
    const upload = this.#bucket.openUploadStreamWithId(key, id);
    const sealed = sealStream(this.#keys.ring, bytes, placeOf(practiceId, id));
    await pipeline(Readable.from(sealed), upload);
  }

  /** The file under each key that it stands under: one, or two while it is sealed anew. The last is the newest. */
  #versions(practiceId: string, id: string): Promise<Version[]> {
    const first = bucketId(practiceId, id);
    const behind = bucketId(practiceId, `${id}${VERSION}${VERSION}`);
    const range = { _id: { $gte: first, $lt: behind } };
    return this.#bucket
      .find(range as never, { sort: { uploadDate: 1, _id: 1 } })
      .toArray()
      .then((found) => found.filter(({ _id }) => String(_id).split(VERSION)[0] === String(first)));
  }

  async #keyOf(key: mongoose.mongo.ObjectId): Promise<string | undefined> {
    for await (const chunk of this.#bucket.openDownloadStream(key)) {
      return streamKeyId(chunk as Buffer);
    }
    return undefined;
  }
}

/** One sealing of a file. */
type Version = mongoose.mongo.GridFSFile;

/** Between a file's id and the id of the key that sealed it anew; ids hold none. */
const VERSION = "~";

function placeOf(practiceId: string, id: string): Place {
  return { collection: "fileBytes", practiceId, id, field: "bytes" };
}

/** Every way to a file goes by its practice; without one there is none. */
function bucketId(practiceId: string, id: string): mongoose.mongo.ObjectId {
  if (typeof practiceId !== "string" || practiceId === "")
    throw new Error("a practice is required to reach its data");
  return `${practiceId}:${id}` as unknown as mongoose.mongo.ObjectId;
}
