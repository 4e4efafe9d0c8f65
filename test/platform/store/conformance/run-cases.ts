/**
 * Runs conformance cases: a few documents, one command, and what MongoDB answers to it.
 *
 * The expectation is MongoDB's own behaviour, by its documentation; where the embedded store refuses what MongoDB
 * does, a case says with which code. `npm run test:mongo` runs the same cases against the server of MONGODB_URI.
 */
import { EJSON } from "bson";
import { expect } from "chai";
import type { ClientSession, Document } from "mongodb";
import type { OpenedStore } from "../embedded/opened-store.ts";
import { isForeign, runStore } from "../run-store.ts";
import { REWRITE, TRIAL, triedShapes, watchShapes, writeTriedShapes } from "../shape-record.ts";

/** One case. Documents are compared with the order of their fields. */
export interface Case {
  readonly it: string;
  /** What is in the collection `c` before. */
  readonly given?: readonly Document[] | undefined;
  /** Other collections by name. */
  readonly beside?: Readonly<Record<string, readonly Document[]>> | undefined;
  /** Indexes of `c`, as `createIndexes` takes them; a name is made up. */
  readonly indexes?: readonly Document[] | undefined;
  /** Sent as it stands, to the database that holds `c`. */
  readonly command: Document;
  /** Sent inside a transaction, which is then committed, or aborted where an error is expected. */
  readonly inTransaction?: boolean | undefined;
  /** Fields of the reply. */
  readonly reply?: Document | undefined;
  /** The documents of the reply's cursor, in order. */
  readonly found?: readonly Document[] | undefined;
  /** The ids of those documents, in any order. */
  readonly foundIds?: readonly unknown[] | undefined;
  /** All documents of `c` afterwards, in the order of their ids. */
  readonly left?: readonly Document[] | undefined;
  /** The code of the command's error, or of its first write error. */
  readonly error?: number | undefined;
  /** The indexes that the reply lists, but for their version. */
  readonly listed?: readonly Document[] | undefined;
  /** Fields of the error. */
  readonly details?: Document | undefined;
  /** The code with which the embedded store refuses the command, where MongoDB gives another answer. */
  readonly refused?: number | undefined;
  /** Compares the BSON types of numbers too. */
  readonly typed?: boolean | undefined;
}

/** Where the cases of one file run. */
export interface Ground extends OpenedStore {
  /** Runs something whose commands are part of a case; the shapes of all others are not noted. */
  tried<T>(run: () => Promise<T>): Promise<T>;
  /** The shapes of what has been tried. */
  readonly shapes: ReadonlySet<string>;
}

async function openGround(name: string): Promise<Ground> {
  const shapes = new Set<string>();
  let isTried = false;
  const store = await runStore(`conformance_${name}`, {
    options: { appName: TRIAL },
    prepare: (client) =>
      watchShapes(client, (shape) => {
        if (isTried) shapes.add(shape);
      }),
  });
  return {
    ...store,
    shapes,
    async tried(run) {
      isTried = true;
      try {
        return await run();
      } finally {
        isTried = false;
      }
    },
  };
}

/** Returns a value as text that tells all that a case compares. */
export function shown(value: unknown, typed = false): string {
  return EJSON.stringify(value, { relaxed: !typed });
}

async function prepare({ db }: Ground, one: Case): Promise<void> {
  const { given = [], indexes = [], beside = {} } = one;
  await db.collection("c").drop();
  for (const [name, documents] of Object.entries({ c: given, ...beside })) {
    if (name !== "c") await db.collection(name).drop();
    if (documents.length > 0) await db.collection(name).insertMany(documents as Document[]);
  }
  if (indexes.length > 0) await db.collection("c").createIndexes(indexes as never);
}

async function send(ground: Ground, one: Case): Promise<Document> {
  const options = { promoteLongs: one.typed !== true, promoteValues: one.typed !== true };
  // What is refused has not been tried: nothing is known of how it would be answered.
  const isAnswered = one.error === undefined && one.refused === undefined;
  const tried: Ground["tried"] = (run) => (isAnswered ? ground.tried(run) : run());
  const command = (session?: ClientSession) =>
    tried(() => ground.db.command(one.command, { ...options, ...(session && { session }) }));
  if (one.inTransaction !== true) return command();
  const session = ground.client.startSession();
  try {
    session.startTransaction({
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority", j: true },
    });
    const reply = await command(session);
    await tried(() => session.commitTransaction());
    return reply;
  } finally {
    await session.endSession();
  }
}

/** What a command failed with, or the first write error in its reply. */
async function errorOf(reply: Promise<Document>): Promise<Document | undefined> {
  try {
    return (await reply).writeErrors?.[0];
  } catch (error) {
    return error as Document;
  }
}

function compareReply(one: Case, reply: Document): void {
  const { typed = false, found, foundIds, listed } = one;
  const wanted = Object.entries(one.reply ?? {});
  for (const [name, value] of wanted) {
    expect(shown({ [name]: reply[name] }, typed)).to.equal(shown({ [name]: value }, typed));
  }
  const batch: Document[] = reply.cursor?.firstBatch ?? [];
  const texts = (documents: readonly unknown[]) => documents.map((doc) => shown(doc, typed));
  if (found) expect(texts(batch)).to.deep.equal(texts(found));
  if (listed) expect(batch.map(({ v: _v, ...index }) => index)).to.deep.equal(listed);
  if (foundIds) expect(texts(batch.map((doc) => doc._id))).to.have.members(texts(foundIds));
}

async function runCase(ground: Ground, one: Case): Promise<void> {
  const { left, typed = false } = one;
  const code = isForeign ? one.error : (one.refused ?? one.error);
  if (code === undefined) {
    const reply = await send(ground, one);
    expect(reply.writeErrors).to.equal(undefined);
    compareReply(one, reply);
  } else {
    const error = await errorOf(send(ground, one));
    expect(Number(error?.code), `code of ${error?.message ?? error?.errmsg}`).to.equal(code);
    if (one.details) expect(error).to.deep.include(one.details);
  }
  if (left) {
    const options = { promoteLongs: !typed, promoteValues: !typed };
    const all = await ground.db.collection("c").find({}, options).sort({ _id: 1 }).toArray();
    expect(all.map((doc) => shown(doc, typed))).to.deep.equal(left.map((doc) => shown(doc, typed)));
  }
}

/** Whether a case finds what the case before it has left: the same documents, which that one only read. */
function isPrepared(one: Case, last: Case | undefined): boolean {
  const isRead = last !== undefined && /^(find|aggregate|count|distinct)$/.test(commandOf(last));
  return isRead && last.given === one.given && last.indexes === one.indexes && !one.beside;
}

const commandOf = ({ command }: Case): string => Object.keys(command)[0] ?? "";

/**
 * Defines the tests of a conformance file: its cases, what `more` adds to them, and that the shapes of all commands
 * tried here are those of the committed list. `name` is the file's own.
 */
export function conformance(
  name: string,
  cases: readonly Case[],
  more: (ground: () => Ground) => void = () => undefined,
): void {
  describe(`conformance: ${name}`, () => {
    let ground: Ground;
    let last: Case | undefined;

    before(async () => {
      ground = await openGround(name);
    });
    after(() => ground.close());

    for (const one of cases) {
      it(one.it, async () => {
        if (!isPrepared(one, last)) await prepare(ground, one);
        last = undefined;
        await runCase(ground, one);
        last = one;
      });
    }
    more(() => ground);

    // A suite of its own, because those run after all tests beside them.
    describe("the list of what it tries", () => {
      it("is that of shapes.json", () => {
        const shapes = [...ground.shapes].sort();
        if (process.env.UPDATE_GOLDEN === "1") writeTriedShapes(name, shapes);
        expect(triedShapes()[name], `shapes.json is old; ${REWRITE}`).to.deep.equal(shapes);
      });
    });
  });
}
