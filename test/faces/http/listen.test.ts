import { expect } from "chai";
import { listenHttp } from "../../../src/faces/http/index.ts";
import { openTestApp, PASSWORD, type TestApp } from "./ground.ts";

const OPTIONS = { host: "127.0.0.1", port: 0, practiceId: "main", version: "0.1.0" } as const;

describe("the server that listens", () => {
  let test: TestApp;
  before(async () => {
    test = await openTestApp();
  });
  after(() => test.close());

  it("prints a way in while nobody has one, and never a password", async () => {
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

  it("works whole on the real store: an empty practice with a queue, books and a chain", async () => {
    const service = await listenHttp(test.app, OPTIONS);
    const credentials = JSON.stringify({ email: "ann@example.org", password: PASSWORD });
    const headers = { "content-type": "application/json" };
    const session = await fetch(`${service.url}/api/v1/session`, {
      method: "POST",
      headers,
      body: credentials,
    });
    await session.text();
    const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
    const get = async (path: string) => {
      const answer = await fetch(`${service.url}/api/v1/${path}`, { headers: { cookie } });
      expect(answer.status, path).to.equal(200);
      return (await answer.json()) as Record<string, unknown>;
    };
    expect(await get("denials")).to.deep.equal({ items: [], next: null });
    expect(await get("claims")).to.deep.equal({ items: [], next: null });
    expect(await get("remittances")).to.deep.equal({ items: [], next: null });
    expect(await get("ledger/trial-balance")).to.include({ totalCents: 0 });
    expect(await get("reports/denial-rate?by=payer")).to.include({ numerator: 0, rate: null });
    expect(await get("outbound-files")).to.deep.equal({ items: [] });
    expect(await get("audit/verify")).to.include({ ok: true });
    await service.close();
  });

  it("does not listen beyond this machine unless told by which URL", async () => {
    const open = listenHttp(test.app, { ...OPTIONS, host: "0.0.0.0" });
    const refused: unknown = await open.catch((error: unknown) => error);
    expect(refused).to.include({ code: "usage" });
    const publicUrl = "https://billing.example.org/";
    const service = await listenHttp(test.app, { ...OPTIONS, host: "0.0.0.0", publicUrl });
    expect(service.url).to.equal("https://billing.example.org");
    await service.close();
  });
});
