import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect } from "chai";
import type { Express } from "express";
import request, { type Response } from "supertest";
import { KEY_ROLES } from "../../src/app/access.ts";
import { heldCodeSets } from "../../src/app/claims/held-code-sets.ts";
import { ingestFile } from "../../src/app/exchange/ingest-file.ts";
import { validateFile } from "../../src/app/exchange/validate-file.ts";
import { ALL_USE_CASES } from "../../src/faces/http/all-use-cases.ts";
import { API_ROUTES, PAGE_ROUTES } from "../../src/faces/http/index.ts";
import { takeInbox } from "../../src/faces/jobs/take-inbox.ts";
import { createLog } from "../../src/platform/log/index.ts";
import { COLLECTIONS } from "../../src/platform/store/collections.ts";
import { fileOf } from "../app/practice.ts";
import {
  BAD_ENCOUNTERS,
  badFiles,
  CLAIMS,
  canariesIn,
  ENCOUNTER,
  REMITTANCE,
  SEARCH,
} from "./canaries.ts";
import { claimwright, crashing, freshFolder } from "./cli/claimwright.ts";
import {
  addKey,
  addUser,
  openTestApp,
  serverOf,
  signedIn,
  standIns,
  system,
  type TestApp,
} from "./http/ground.ts";

const X12 = "application/edi-x12";
const TITLE = "14.2.1 16.2.5 16.4.1 164.312(a)(1)";

/** Everything that was said where no patient's data may be, by the place where it was said. */
class Sinks {
  readonly #said: [string, string][] = [];

  add(place: string, text: string): void {
    this.#said.push([place, text]);
  }

  get size(): number {
    return this.#said.length;
  }

  hits(): string[] {
    return this.#said.flatMap(([place, text]) =>
      canariesIn(text).map((word) => `${word} in ${place}: ${text.slice(0, 300)}`),
    );
  }
}

/** All that an answer says beside a file that was asked for. */
function answerText(response: Response): string {
  const { status, headers, text } = response;
  return JSON.stringify([status, headers, text ?? ""]);
}

describe("a patient's data, planted where it does not occur otherwise", () => {
  let test: TestApp;
  let server: Express;
  let log: string[];
  before(async () => {
    test = await openTestApp();
    log = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        log.push(String(chunk));
        done();
      },
    });
    const logged = { ...test.app, log: createLog({ level: "info", destination }) };
    server = serverOf(logged, ALL_USE_CASES);
    await addUser(test.app, "canary", ["administrator", "biller", "team-lead", "auditor"]);
  });
  after(() => test.close());

  it(`${TITLE} is found where it is: in what was planted`, () => {
    const sinks = new Sinks();
    for (const text of [CLAIMS, REMITTANCE, JSON.stringify(ENCOUNTER)]) sinks.add("a file", text);
    expect(sinks.hits().length).to.be.greaterThan(8);
    expect(badFiles().length).to.be.greaterThan(60);
    for (const file of [...badFiles(), ...BAD_ENCOUNTERS]) {
      expect(canariesIn(file)).to.not.deep.equal([]);
    }
  });

  it(`${TITLE} is in no answer, header, address, log line or record of HTTP, whatever fails`, async () => {
    const sinks = new Sinks();
    const { agent, csrfToken } = await signedIn(server, "canary");
    const note = (what: string, answer: Response) => sinks.add(what, answerText(answer));
    const post = async (path: string, body: object | string, type = "application/json") => {
      const pending = agent.post(`/api/v1${path}`).set("X-CSRF-Token", csrfToken).type(type);
      const answer = await pending.send(body);
      note(`POST ${path}`, answer);
      return answer;
    };
    for (const file of [CLAIMS, REMITTANCE])
      expect((await post("/files", file, X12)).status).to.equal(200);
    const made = await post("/encounters", JSON.stringify(ENCOUNTER));
    expect(made.body.summary.files).to.have.length(1);
    for (const bad of BAD_ENCOUNTERS) await post("/encounters", bad);
    for (const bad of badFiles().filter((_file, index) => index % 9 === 0))
      await post("/files", bad, X12);
    await post(
      "/deposits/files",
      `${SEARCH.name},${SEARCH.birthDate}\n${SEARCH.memberId},1`,
      "text/csv",
    );
    const found = await post("/claims/search", SEARCH);
    expect(found.body.items).to.not.deep.equal([]);
    await post("/claims/search", { ...SEARCH, [SEARCH.name]: SEARCH.name });
    await post("/claims/search", { name: { $ne: SEARCH.name } });
    await post("/session", { email: SEARCH.name, password: SEARCH.memberId });
    const ids = await idsOf();
    for (const route of [...API_ROUTES, ...PAGE_ROUTES].filter(({ method }) => method === "get")) {
      const path = route.path.replace(/:(\w+)/, (_all, name: string) => ids(name, route.path));
      const answer = await agent.get(path);
      // Who asks for a file, or why a balance is what it is, is shown what its segments say.
      const isAsked = /outbound-files\/|^\/exchange\/|\/balance$/.test(path);
      if (!isAsked) note(`GET ${route.path}`, answer);
      else sinks.add(`headers of ${route.path}`, JSON.stringify(answer.headers));
    }
    for (const path of [
      `/api/v1/claims/${SEARCH.name}`,
      `/queue?status=${SEARCH.name}`,
      `/${SEARCH.name}`,
    ]) {
      note(`GET ${path}`, await agent.get(path));
    }
    const fault = () => Promise.reject(new Error(`cannot read ${SEARCH.name} ${SEARCH.memberId}`));
    const broken = serverOf(test.app, standIns({ listClaims: fault, showClaim: fault }));
    const key = await addKey(test.app, KEY_ROLES[0] ?? "biller");
    for (const path of ["/api/v1/claims", "/api/v1/claims/K1"]) {
      const answer = await request(broken).get(path).set("Authorization", key);
      expect(answer.status).to.equal(500);
      note(`fault at ${path}`, answer);
    }
    sinks.add("the log", log.join(""));
    expect(log.length).to.be.greaterThan(60);
    expect(sinks.hits()).to.deep.equal([]);
    expect(sinks.size).to.be.greaterThan(60);
  });

  /** An id for each parameter of a path, of what the canary's files have become. */
  async function idsOf() {
    const practice = test.app.store.practice("practice-1");
    const [item, parked, file] = [
      await practice.workItems.findOne({}),
      await practice.parkedPayments.findOne({}),
      await practice.files.findOne({ direction: "out" }),
    ];
    return (name: string, path: string): string => {
      if (name === "patientControlNumber") return "K1";
      if (name === "traceNumber") return "TK1";
      if (/denials|queue/.test(path)) return item?._id ?? "";
      return (/exceptions/.test(path) ? parked?._id : file?._id) ?? "";
    };
  }

  it(`${TITLE} is in no finding, whichever element of a file it spoils`, async () => {
    const sinks = new Sinks();
    const codes = await heldCodeSets(test.app);
    const stamp = { now: test.clock.now, firstControlNumber: 1 };
    for (const file of badFiles()) {
      const told: unknown[] = [];
      const tell = (one: unknown) => void told.push(one);
      const { acknowledgements } = await validateFile(fileOf(file, "x.edi"), stamp, codes, tell);
      sinks.add("findings", JSON.stringify(told));
      sinks.add("acknowledgements' names", acknowledgements.map(({ name }) => name).join());
    }
    expect(sinks.hits()).to.deep.equal([]);
  });

  it(`${TITLE} is in no log line of the inbox and in no document as the database has it`, async () => {
    const sinks = new Sinks();
    const inbox = freshFolder();
    for (const [index, file] of [CLAIMS, REMITTANCE, ...badFiles().slice(-4)].entries()) {
      writeFileSync(join(inbox.path, `${index}.edi`), file, "latin1");
    }
    await takeInbox(test.app, system(), inbox.path);
    sinks.add("names", readdirSync(inbox.path, { recursive: true }).join());
    inbox.remove();
    await ingestFile(test.app, system("practice-9"), fileOf(CLAIMS), () => undefined);
    const { db } = test.app.store.connection;
    let documents = 0;
    for (const name of [...Object.keys(COLLECTIONS), "sessions", "users", "apiKeys"]) {
      for (const document of (await db?.collection(name).find({}).toArray()) ?? []) {
        sinks.add(`documents of ${name}`, JSON.stringify(document));
        documents += 1;
      }
    }
    expect(documents).to.be.greaterThan(60);
    expect(sinks.hits()).to.deep.equal([]);
  });

  it(`${TITLE} is in nothing that the command line says of files, and in no file name it makes`, async () => {
    const sinks = new Sinks();
    const folder = freshFolder();
    const inFolder = (name: string) => join(folder.path, name);
    mkdirSync(inFolder("out"));
    writeFileSync(inFolder("a.837"), CLAIMS, "latin1");
    writeFileSync(inFolder("b.835"), REMITTANCE, "latin1");
    writeFileSync(inFolder("c.json"), JSON.stringify(ENCOUNTER));
    writeFileSync(inFolder("d.json"), BAD_ENCOUNTERS[2] ?? "");
    writeFileSync(inFolder("e.837"), badFiles()[3] ?? "", "latin1");
    const data = ["--data", inFolder("data")];
    const runs: string[][] = [
      ["ingest", ...["a.837", "b.835", "e.837"].map(inFolder), ...data],
      ["generate", inFolder("c.json"), inFolder("d.json"), "--out", inFolder("out"), ...data],
      ["claims", "show", "K1", ...data],
      ["denials", "list", ...data],
    ];
    for (const args of runs) {
      const { out, err, code } = await claimwright(...args);
      expect(code, err).to.be.oneOf([0, 1]);
      sinks.add(`${args[0]} out`, out);
      sinks.add(`${args[0]} err`, err);
    }
    sinks.add("names", readdirSync(folder.path, { recursive: true }).join());
    folder.remove();
    expect(sinks.hits()).to.deep.equal([]);
  });

  it(`${TITLE} is in no crash: an error that nobody caught is told by its kind and place`, async () => {
    for (const how of ["throw", "reject"] as const) {
      const { code, out, err } = await crashing(how, `bad ${SEARCH.name} ${SEARCH.memberId}`);
      expect(code).to.equal(2);
      expect(err)
        .to.contain("RangeError")
        .and.to.match(/\n {4}at /);
      expect(canariesIn(out + err)).to.deep.equal([]);
    }
  });
});
