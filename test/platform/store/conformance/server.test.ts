import { UUID } from "mongodb";
import { type Case, conformance } from "./run-cases.ts";

const ONE = [{ _id: 1, a: 1 }];

const cases: Case[] = [
  { it: "ping: answers", command: { ping: 1 }, reply: { ok: 1 } },
  {
    it: "hello: names a primary of a replica set, on which drivers permit transactions",
    command: { hello: 1 },
    reply: { isWritablePrimary: true, secondary: false, readOnly: false, ok: 1 },
  },
  {
    it: "hello: says how much a document, a message and a bulk may hold",
    command: { hello: 1 },
    reply: {
      maxBsonObjectSize: 16777216,
      maxMessageSizeBytes: 48000000,
      maxWriteBatchSize: 100000,
    },
  },
  {
    it: "endSessions: ends sessions, also those that nobody has begun",
    command: { endSessions: [{ id: new UUID("0189d1c2-0000-7000-8000-000000000001") }] },
    reply: { ok: 1 },
  },
  { it: "refuses a command that does not exist", command: { frobnicate: 1 }, error: 59 },
  { it: "refuses a collection without a name", command: { find: "" }, error: 73 },
  {
    it: "takes the concerns of the application",
    command: {
      insert: "c",
      documents: [{ _id: 1 }],
      ordered: true,
      writeConcern: { w: "majority", j: true },
    },
    reply: { n: 1 },
  },
  {
    it: "takes a read concern",
    given: ONE,
    command: { find: "c", filter: {}, readConcern: { level: "majority" } },
    found: ONE,
  },
  {
    it: "refuses a write concern that no set can meet",
    command: { insert: "c", documents: [{ _id: 1 }], writeConcern: { w: 50 } },
    error: 100,
  },
];

conformance("server", cases);
