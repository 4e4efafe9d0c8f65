import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { verifyEmbedded } from "../../../../src/platform/store/embedded/index.ts";
import { freshSeed } from "./dice.ts";
import { type Frame, garbageFrame } from "./garbage-frames.ts";
import { temporaryFolder } from "./opened-store.ts";
import { messageOf, rawClient, socketPathOf } from "./raw-client.ts";
import { startProcess } from "./store-process.ts";

const FRAMES = Number(process.env.GARBAGE_FRAMES ?? 100_000);
const WARM_UP = FRAMES / 10;
const CONNECTIONS = 8;
const AT_ONCE = 16;
const MOST_GROWTH_BYTES = 100 * 1024 * 1024;

/** Ids of the pings that follow each frame; no frame has one of these. */
const PING = 1 << 30;

/** How frames ended. */
interface Tally {
  answered: number;
  dropped: number;
}

/** Sends frames on one connection, each followed by a ping; returns how many of the pings were answered. */
function sendFramed(path: string, frames: readonly Frame[], kept: Lane): Promise<number> {
  const socket = kept.socket ?? connect(path);
  kept.socket = socket;
  const messages = frames.flatMap(({ bytes }, i) => [
    bytes,
    messageOf({ ping: 1, $db: "t" }, PING + i),
  ]);
  return new Promise((resolve) => {
    let pings = 0;
    let held: Buffer = Buffer.alloc(0);
    const end = (): void => {
      socket.removeAllListeners();
      socket.on("error", () => socket.destroy());
      resolve(pings);
    };
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      kept.socket = null;
      end();
    });
    socket.on("data", (chunk: Buffer) => {
      held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      while (held.length >= 16 && held.length >= held.readInt32LE(0)) {
        if (held.readInt32LE(8) >= PING) pings++;
        held = held.subarray(held.readInt32LE(0));
      }
      if (pings === frames.length) end();
    });
    socket.write(Buffer.concat(messages));
  });
}

/** Sends a frame after which nothing can follow, and waits until the connection is closed. */
async function sendBroken(path: string, { bytes }: Frame): Promise<void> {
  const socket = connect(path);
  socket.on("error", () => socket.destroy());
  socket.resume();
  socket.end(bytes);
  await once(socket, "close");
}

/** A connection that is used until the server drops it. */
interface Lane {
  socket: Socket | null;
}

/** Sends every frame that is left, in turn with other lanes. */
async function work(path: string, next: () => Frame | undefined, tally: Tally): Promise<void> {
  const lane: Lane = { socket: null };
  let waiting: Frame[] = [];
  for (;;) {
    while (waiting.length < AT_ONCE) {
      const frame = next();
      if (!frame) break;
      if (frame.isFramed) waiting.push(frame);
      else {
        await sendBroken(path, frame);
        tally.dropped++;
      }
    }
    if (waiting.length === 0) break;
    const answered = await sendFramed(path, waiting, lane);
    tally.answered += answered;
    if (answered < waiting.length) tally.dropped++; // by the frame after the last that was followed by an answer
    waiting = waiting.slice(answered + 1);
  }
  lane.socket?.destroy();
}

describe("embedded store: garbage on its socket", () => {
  const seed = freshSeed();

  it(`survives ${FRAMES} spoilt messages in bounded memory (seed ${seed})`, async function () {
    this.timeout(180_000); // a machine that does much else takes ten times as long
    const folder = temporaryFolder();
    const directory = join(folder.path, "data");
    const store = await startProcess(directory);
    const path = socketPathOf(store.uri);
    const raw = await rawClient(store.uri);
    const documents = Array.from({ length: 10 }, (_, _id) => ({ _id, a: 1, l: [1, 2] }));
    expect(await raw.send({ insert: "few", documents, $db: "t" })).to.include({ n: 10 });
    const tally: Tally = { answered: 0, dropped: 0 };
    let sent = 0;
    const upTo = async (n: number): Promise<void> => {
      const next = () => (sent < n ? garbageFrame(seed, sent++) : undefined);
      await Promise.all(Array.from({ length: CONNECTIONS }, () => work(path, next, tally)));
    };
    await upTo(WARM_UP);
    const before = await store.memory();
    await upTo(FRAMES);
    const grown = (await store.memory()) - before;
    expect(tally.answered + tally.dropped).to.equal(FRAMES);
    expect(tally.answered).to.be.greaterThan(FRAMES / 2);
    expect(tally.dropped).to.be.greaterThan(FRAMES / 100);
    expect(grown).to.be.lessThan(MOST_GROWTH_BYTES);
    expect(await raw.send({ insert: "after", documents: [{ _id: 1 }], $db: "t" })).to.include({
      n: 1,
    });
    raw.close();
    await store.kill();
    expect(verifyEmbedded({ directory }).problems).to.deep.equal([]);
    folder.remove();
  });
});
