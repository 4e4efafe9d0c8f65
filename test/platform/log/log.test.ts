import { Writable } from "node:stream";
import { expect } from "chai";
import { createLog, type LogFields, type MessageName } from "../../../src/platform/log/index.ts";

/** Words that must never be written: a name, an SSN, a member id, a diagnosis, an address. */
const CANARIES = ["ZQCANARY", "987-65-4320", "MBR0099XQ", "Z99.89Q", "17 Canary Lane"];

function capture(level: "info" | "warn" | "error" | "silent" = "info") {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const ownMessage = (error: Error) => (error.name === "OurError" ? error.message : undefined);
  const now = () => new Date("2026-03-02T10:00:00Z");
  return { lines, log: createLog({ level, destination, ownMessage, now }) };
}

function expectNoCanary(lines: readonly string[]) {
  for (const canary of CANARIES) expect(lines.join("")).to.not.include(canary);
}

describe("the log", () => {
  it("16.2.1 16.2.2 16.2.3 16.2.4 16.4.1 writes listed messages and fields as one line of JSON", () => {
    const { lines, log } = capture();
    log.info("request-done", {
      method: "GET",
      route: "/api/v1/claims/:patientControlNumber",
      status: 200,
      durationMs: 3.25,
      requestId: "0190b7c2-90ab-7def-8123-456789abcdef",
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/\n$/);
    expect(JSON.parse(lines[0] ?? "")).to.deep.equal({
      at: "2026-03-02T10:00:00.000Z",
      level: "info",
      message: "request-done",
      method: "GET",
      route: "/api/v1/claims/:patientControlNumber",
      status: 200,
      durationMs: 3.25,
      requestId: "0190b7c2-90ab-7def-8123-456789abcdef",
    });
  });

  it("16.2.5 drops every key and value that is not on its list, and says how many", () => {
    const { lines, log } = capture();
    for (const canary of CANARIES) {
      const fields = {
        lastName: canary,
        status: canary,
        method: canary,
        requestId: canary,
        practiceId: `of ${canary}`,
        code: `x ${canary}`,
        route: `/api/v1/claims/${canary}`,
        count: { nested: canary },
        fileSha256: canary,
        [canary]: 1,
      };
      log.info("request-done", fields as unknown as LogFields);
    }
    expectNoCanary(lines);
    expect(JSON.parse(lines[0] ?? "")).to.include({ dropped: 10 });
  });

  it("1.3.10 16.4.1 does not write a message that is not on the list", () => {
    const { lines, log } = capture();
    for (const canary of CANARIES) log.warn(`claim of ${canary}` as MessageName);
    log.warn("constructor" as MessageName);
    expectNoCanary(lines);
    expect(lines.every((line) => line.includes('"unlisted-message"'))).to.equal(true);
  });

  it("writes of an error its name, code and frames, and not what it says", () => {
    const { lines, log } = capture();
    for (const canary of CANARIES) {
      const error = Object.assign(new TypeError(`bad ${canary}\n    at ${canary} (/a/b.ts:1:1)`), {
        code: "ECONNRESET",
        detail: canary,
      });
      log.error("request-failed", { error });
      log.error("request-failed", { error: canary });
      log.error("request-failed", { error: Object.assign(new Error(canary), { code: canary }) });
    }
    expectNoCanary(lines);
    const first = JSON.parse(lines[0] ?? "");
    expect(first).to.include({ errorName: "TypeError", errorCode: "ECONNRESET" });
    expect(first.frames[0]).to.match(/log\.test\.ts:\d+:\d+/);
  });

  it("writes the text of an error of our own table", () => {
    const { lines, log } = capture();
    const error = new Error("The database cannot be reached.");
    error.name = "OurError";
    log.error("program-failed", { error });
    expect(lines[0]).to.include("The database cannot be reached.");
  });

  it("keeps to its level", () => {
    const warn = capture("warn");
    warn.log.info("server-started");
    warn.log.error("program-failed");
    expect(warn.lines).to.have.length(1);
    const silent = capture("silent");
    silent.log.error("program-failed");
    expect(silent.lines).to.have.length(0);
  });

  it("would catch a canary that got through", () => {
    expect(() => expectNoCanary([`{"message":"ZQCANARY"}`])).to.throw();
  });
});
