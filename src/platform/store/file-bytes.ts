import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import mongoose from "mongoose";

/** The bytes of files, in GridFS chunks under the file's own id and practice. */
export class FileBytes {
  readonly #bucket: mongoose.mongo.GridFSBucket;

  constructor(connection: mongoose.Connection) {
    const { db } = connection;
    if (db === undefined) throw new Error("the store is not open");
    this.#bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: "fileBytes" });
  }

  /** Keeps the bytes; returns when they are durable. */
  async put(practiceId: string, id: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const upload = this.#bucket.openUploadStreamWithId(bucketId(practiceId, id), id);
    await pipeline(Readable.from(bytes), upload);
  }

  /** Lets bytes go that no file refers to, because the same were kept a moment before. */
  async remove(practiceId: string, id: string): Promise<void> {
    await this.#bucket.delete(bucketId(practiceId, id));
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
    const key = bucketId(practiceId, id);
    const [found] = await this.#bucket.find({ _id: key as never }).toArray();
    return found && this.#bucket.openDownloadStream(key);
  }
}

function bucketId(practiceId: string, id: string): mongoose.mongo.ObjectId {
  return `${practiceId}:${id}` as unknown as mongoose.mongo.ObjectId;
}
