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

  /** The bytes of a file of this practice, undefined when there is none. */
  async get(practiceId: string, id: string): Promise<Buffer | undefined> {
    const key = bucketId(practiceId, id);
    const [found] = await this.#bucket.find({ _id: key as never }).toArray();
    if (found === undefined) return undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of this.#bucket.openDownloadStream(key)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
}

function bucketId(practiceId: string, id: string): mongoose.mongo.ObjectId {
  return `${practiceId}:${id}` as unknown as mongoose.mongo.ObjectId;
}
