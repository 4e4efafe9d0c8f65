import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { expect } from "chai";
import { OperatingError } from "../../../src/app/errors.ts";
import { listenHttp } from "../../../src/faces/http/index.ts";
import { readEnvironment } from "../../../src/platform/config/index.ts";
import { addUser, openTestApp, PASSWORD, type TestApp } from "./ground.ts";
import { selfSigned } from "./self-signed.ts";

const OPTIONS = {
  host: "127.0.0.1",
  port: 0,
  practiceId: "practice-1",
  version: "0.1.0",
  secondFactor: "optional",
  trustedProxies: 0,
} as const;

describe("TLS of the service itself", () => {
  let test: TestApp;
  let folder: string;
  let tlsFiles: { cert: string; key: string };
  before(async () => {
    test = await openTestApp();
    await addUser(test.app, "tls", ["biller"]);
    folder = mkdtempSync(join(tmpdir(), "claimwright-tls-"));
    tlsFiles = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
    const { cert, key } = selfSigned("localhost", new Date());
    writeFileSync(tlsFiles.cert, cert);
    writeFileSync(tlsFiles.key, key);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await test.close();
  });

  /** Which version is spoken with a client that offers these; undefined where there is no agreement. */
  function spoken(url: string, maxVersion: "TLSv1.1" | "TLSv1.2" | "TLSv1.3", cipher = "DEFAULT") {
    const { port, hostname } = new URL(url);
    const ciphers = `${cipher}:@SECLEVEL=0`;
    const options = { port: Number(port), host: hostname, rejectUnauthorized: false, ciphers };
    return new Promise<string | null | undefined>((resolve) => {
      const socket = connect({ ...options, minVersion: "TLSv1", maxVersion }, () => {
        resolve(socket.getProtocol());
        socket.end();
      });
      socket.on("error", () => resolve(undefined));
    });
  }

  it("4.1.2 12.1.1 12.1.2 12.2.1 164.312(e)(1) 164.312(e)(2)(i) 164.312(e)(2)(ii) is spoken from version 1.2 on with strong ciphers, and nothing else is", async () => {
    const service = await listenHttp(test.app, { ...OPTIONS, tlsFiles, secureCookies: true });
    expect(service.url).to.match(/^https:/);
    expect(await spoken(service.url, "TLSv1.3")).to.equal("TLSv1.3");
    expect(await spoken(service.url, "TLSv1.2")).to.equal("TLSv1.2");
    expect(await spoken(service.url, "TLSv1.1")).to.equal(undefined);
    for (const weak of [
      "AES128-SHA",
      "AES256-GCM-SHA384",
      "ECDHE-RSA-AES128-SHA",
      "ECDHE-ECDSA-AES128-SHA",
    ]) {
      expect(await spoken(service.url, "TLSv1.2", weak), weak).to.equal(undefined);
    }
    const clear = await fetch(service.url.replace("https", "http")).catch(() => "no answer");
    expect(clear).to.equal("no answer");
    await service.close();
  });

  it("3.3.1 3.3.3 3.4.1 turns on secure cookies and HSTS", async () => {
    const { secureCookies } = readEnvironment({
      CLAIMWRIGHT_TLS_CERT: tlsFiles.cert,
      CLAIMWRIGHT_TLS_KEY: tlsFiles.key,
    });
    expect(secureCookies).to.equal(true);
    const service = await listenHttp(test.app, { ...OPTIONS, tlsFiles, secureCookies });
    const body = JSON.stringify({ email: "tls@example.org", password: PASSWORD });
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const options = {
        method: "POST",
        rejectUnauthorized: false,
        headers: { "content-type": "application/json", "content-length": body.length },
      };
      const sent = request(`${service.url}/api/v1/session`, options, (answer) => {
        answer.resume().on("end", () => resolve(answer.headers));
      });
      sent.on("error", reject).end(body);
    });
    expect(String(headers["set-cookie"])).to.match(/^__Host-claimwright=.*Secure/);
    expect(headers["strict-transport-security"]).to.equal("max-age=31536000; includeSubDomains");
    await service.close();
  });

  it("is refused by halves, and with files that are none", async () => {
    expect(() => readEnvironment({ CLAIMWRIGHT_TLS_CERT: "cert.pem" })).to.throw("both be set");
    writeFileSync(join(folder, "bad.pem"), "x");
    for (const cert of [join(folder, "bad.pem"), join(folder, "none.pem")]) {
      const options = { ...OPTIONS, tlsFiles: { ...tlsFiles, cert }, secureCookies: true };
      const refused = await listenHttp(test.app, options).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(OperatingError).with.property("code", "file-unreadable");
    }
  });
});
