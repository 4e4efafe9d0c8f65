/** Handshakes, sessions, and what clients ask about the server itself. */
import { ObjectId } from "bson";
import { type Doc, encode, MAX_DOCUMENT_BYTES } from "../bson-raw.ts";
import { type Command, type CommandTable, entry, ok, type Server } from "../command.ts";
import { fault } from "../errors.ts";
import { compileMatcher } from "../match.ts";
import { endSessions } from "../session.ts";
import { documentOf } from "../values.ts";
import { cursorBody, MAX_MESSAGE_BYTES } from "../wire.ts";

/** That of MongoDB 7.0, whose answers this store gives. */
const WIRE_VERSION = 21;
const SESSION_MINUTES = 30;
const ELECTION = new ObjectId("7fffffff0000000000000001");

/** A primary of a set of one: drivers permit transactions and retryable writes on nothing less. */
function hello({ address, store }: Server): Doc {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    secondary: false,
    setName: "embedded",
    setVersion: 1,
    hosts: [address],
    primary: address,
    me: address,
    electionId: ELECTION,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(store.clock.now()),
    logicalSessionTimeoutMinutes: SESSION_MINUTES,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  };
}

const details = {
  options: {},
  info: { readOnly: false },
  idIndex: { v: 2, key: { _id: 1 }, name: "_id_" },
};

const listCollections: Command = ({ store }, { db, body }) => {
  const test = compileMatcher(documentOf(body.filter, "filter"));
  const found = [...store.collections.values()]
    .filter(({ ns }) => ns.startsWith(`${db}.`))
    .map(({ ns }) =>
      encode({
        name: ns.slice(db.length + 1),
        type: "collection",
        ...(body.nameOnly === true ? {} : details),
      }),
    )
    .filter(test);
  return cursorBody(0n, `${db}.$cmd.listCollections`, "firstBatch", found);
};

const listIndexes: Command = ({ store }, { db, body }) => {
  const collection = store.collections.get(`${db}.${body.listIndexes}`);
  if (!collection) throw fault(26, "ns does not exist");
  const found = collection.indexes.map((index) =>
    encode({
      v: 2,
      key: Object.fromEntries(index.key),
      name: index.name,
      unique: index.unique && index.name !== "_id_" ? true : undefined,
      sparse: index.sparse || undefined,
      expireAfterSeconds: index.expireAfterSeconds,
      partialFilterExpression: index.partialFilterExpression,
    }),
  );
  return cursorBody(0n, `${db}.$cmd.listIndexes.${body.listIndexes}`, "firstBatch", found);
};

const greet: Command = (server) => ok(hello(server));

const ending: Command = ({ store, sessions }, { body }) => {
  endSessions(store, sessions, body.endSessions);
  return ok();
};

const COLLECTIONS = ["filter", "nameOnly", "authorizedCollections", "cursor"];

/** The commands of this file by name. */
export const ADMIN: CommandTable = {
  hello: entry(greet, null),
  ismaster: entry(greet, null),
  ping: entry(() => ok(), []),
  listCollections: entry(listCollections, COLLECTIONS),
  listIndexes: entry(listIndexes, ["cursor"]),
  endSessions: entry(ending, []),
};
