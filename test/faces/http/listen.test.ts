import { readdirSync, readFileSync } from "node:fs";
import { Writable } from "node:stream";
import { expect } from "chai";
import { listenHttp } from "../../../src/faces/http/index.ts";
import { createLog } from "../../../src/platform/log/index.ts";
import { openTestApp, PASSWORD, type TestApp } from "./ground.ts";

const OPTIONS = {
  host: "127.0.0.1",
  port: 0,
  practiceId: "main",
  version: "0.1.0",
  secureCookies: false,
  secondFactor: "optional",
  trustedProxies: 0,
} as const;

const FOLDER = new URL("../../../edi-samples/", import.meta.url);
const SAMPLES = readdirSync(FOLDER)
  .filter((name) => /\.(837|999|277ca|835)$/.test(name))
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), "latin1") }));

/** A session of the user whom the first test set up. */
async function enter(url: string) {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ann@example.org", password: PASSWORD }),
  });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { csrfToken, cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "" };
}

/** Lists of the interface, and by which field the page asks for one of each. */
const LISTS = [
  ["claims", "patientControlNumber"],
  ["remittances", "traceNumber"],
  ["denials", "id"],
  ["exceptions", "id"],
  ["outbound-files", undefined],
] as const;

/** Every answer that the page shows: the lists, and one by one what is in them. */
async function everything(url: string, cookie: string): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const ask = async (path: string) => {
    const answer = await fetch(`${url}/api/v1/${path}`, { headers: { cookie } });
    expect(answer.status, path).to.equal(200);
    const text = await answer.text();
    answers.set(path, text);
    return JSON.parse(text) as { items: Record<string, string>[] };
  };
  for (const [list, key] of LISTS) {
    const { items } = await ask(list);
    if (key === undefined) continue;
    for (const item of items) await ask(`${list}/${encodeURIComponent(item[key] ?? "")}`);
  }
  return answers;
}

describe("the server that listens", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
  });
  after(() => test.close());

  it("6.3.2 13.2.3 prints a way in while nobody has one, and never a password", async () => {
    const first = await listenHttp(test.app, OPTIONS);
    const setupUrl = first.setupUrl ?? "";
    expect(setupUrl).to.match(/^http:\/\/127\.0\.0\.1:\d+\/setup\/[\w-]{43}$/);
    const form = { email: "ann@example.org", name: "Ann", password: PASSWORD };
    const made = await fetch(setupUrl, {
      method: "POST",
      body: new URLSearchParams(form),
      redirect: "manual",
    });
    expect(made.status).to.equal(303);
    await made.text();
    const cookie = made.headers.get("set-cookie")?.split(";")[0] ?? "";
    await first.close();

    const second = await listenHttp(test.app, OPTIONS);
    expect(second).to.not.have.property("setupUrl");
    const answer = await fetch(`${second.url}/api/v1/session`, { headers: { cookie } });
    expect(answer.status, "the session outlives the server").to.equal(200);
    await answer.text();
    await second.close();
  });

  it("works whole: sample files in, everything that the page shows answered, nobody's name in the log", async () => {
    const lines: string[] = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const log = createLog({ level: "info", destination });
    const service = await listenHttp({ ...test.app, log }, OPTIONS);
    const { cookie, csrfToken } = await enter(service.url);
    const names = new Set<string>();
    for (const { text } of SAMPLES) {
      const headers = { cookie, "x-csrf-token": csrfToken, "content-type": "application/edi-x12" };
      const body = text;
      const answer = await fetch(`${service.url}/api/v1/files`, { method: "POST", headers, body });
      expect(answer.status, await answer.text()).to.equal(200);
      for (const [, name = ""] of text.matchAll(/NM1\*(?:IL|QC)\*1\*([^*~]+)/g)) names.add(name);
    }
    const answers = await everything(service.url, cookie);
    expect(answers.size).to.be.greaterThan(20);
    for (const [path, text] of answers) {
      expect(text, path).to.not.match(/undefined|NaN|\[object|Invalid Date/);
    }
    const get = async (path: string) =>
      (await (
        await fetch(`${service.url}/api/v1/${path}`, { headers: { cookie } })
      ).json()) as object;
    expect(await get("ledger/trial-balance")).to.include({ totalCents: 0 });
    expect(await get("audit/verify")).to.include({ ok: true });
    await service.close();
    expect(names.size).to.be.greaterThan(3);
    expect(lines.length).to.be.greaterThan(answers.size);
    for (const name of names) expect(lines.join("")).to.not.include(name);
  });

  it("164.312(e)(1) warns where other machines reach it without TLS", async () => {
    const said: string[] = [];
    const say = (message: string) => void said.push(message);
    const app = { ...test.app, log: { info: say, warn: say, error: say } };
    const warned = async (options: object) => {
      said.length = 0;
      await (await listenHttp(app, { ...OPTIONS, ...options })).close();
      return said.includes("listening-in-the-clear");
    };
    expect(await warned({})).to.equal(false);
    expect(await warned({ host: "0.0.0.0" })).to.equal(true);
    expect(await warned({ host: "0.0.0.0", secureCookies: true })).to.equal(false);
  });
});
