import { readdirSync } from "node:fs";
import { expect } from "chai";
import { read } from "./titles.ts";

const HOME = new URL("../../", import.meta.url);
const FILES = readdirSync(new URL("src/", HOME), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => `src/${name}`);

/** The files that a pattern occurs in, comments left out. */
function filesWith(pattern: RegExp): string[] {
  return FILES.filter((file) =>
    pattern.test(read(file).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, "")),
  ).sort();
}

/** What the pattern captures, all over the source. */
function capturesOf(pattern: RegExp): string[] {
  return [
    ...new Set(
      FILES.flatMap((file) => [...read(file).matchAll(pattern)].map(([, found = ""]) => found)),
    ),
  ].sort();
}

/** The page runs in the browser and asks the service only. */
const isService = (file: string) => !file.startsWith("src/faces/page/");

describe("the source of the program", () => {
  it("1.3.2 1.3.7 makes no code and no template of data", () => {
    expect(filesWith(/\beval\(|new Function\(|node:vm|setTimeout\("/)).to.deep.equal([]);
    expect(filesWith(/dangerouslySetInnerHTML|innerHTML|document\.write/)).to.deep.equal([]);
  });

  it("1.2.5 runs one other program, the operator's, and no shell", () => {
    expect(filesWith(/child_process/)).to.deep.equal(["src/platform/keys/source.ts"]);
    expect(read("src/platform/keys/source.ts"))
      .to.match(/execFileSync\(program, parameters/)
      .and.not.match(/shell: true/);
  });

  it("1.2.9 makes no regular expression of what comes from outside", () => {
    // The store's own $regex, which no request can send; delimiters of a file, escaped; a constant width.
    expect(filesWith(/new RegExp\(/).filter(isService)).to.deep.equal([
      "src/billing/deposits/nacha-record.ts",
      "src/faces/cli/claim-progress.ts",
      "src/platform/store/embedded/match.ts",
    ]);
  });

  it("13.2.4 13.2.5 1.3.6 14.2.3 connects to what the operator names and to nothing else", () => {
    // MongoDB, the organization's identity provider, and the embedded store's own socket.
    const reaching =
      /\bfetch\(|node:https?"|node:net"|node:tls"|node:dgram"|openid-client|mongoose\.createConnection/;
    expect(filesWith(reaching).filter(isService)).to.deep.equal([
      "src/faces/http/listen.ts",
      "src/faces/http/routes/documents.ts",
      "src/platform/sign-on/provider.ts",
      "src/platform/store/embedded/listener.ts",
      "src/platform/store/store.ts",
    ]);
  });

  it("11.2.1 11.2.3 11.3.1 11.3.2 11.4.1 11.4.3 uses AES-256-GCM, SHA-256 and what is made of them, from Node", () => {
    expect(capturesOf(/create(?:Ciph|Deciph)eriv\(\s*"([^"]+)"/g)).to.deep.equal(["aes-256-gcm"]);
    expect(capturesOf(/create(?:Hash|Hmac)\(\s*"([^"]+)"/g)).to.deep.equal(["sha256"]);
    expect(
      capturesOf(/from "([^"]*(?:crypto|argon|jose|tweetnacl|bcrypt|sodium|otpauth)[^"]*)"/g),
    ).to.deep.equal(["@node-rs/argon2", "node:crypto", "otpauth"]);
  });

  it("11.6.1 signs with Ed25519", () => {
    expect(capturesOf(/generateKeyPairSync\(\s*"([^"]+)"/g)).to.deep.equal(["ed25519"]);
  });

  it("6.5.3 11.5.1 draws secrets from the system's generator, 128 bits and more", () => {
    expect(filesWith(/Math\.random/)).to.deep.equal([]);
    for (const file of ["api-keys", "people", "session-secret"]) {
      expect(read(`src/app/people/${file}.ts`), file).to.match(/randomBytes\((32|\w+)\)/);
    }
  });

  it("16.4.2 164.316(b)(2)(i) has no way to change an audit event or to remove one", () => {
    const touching =
      /auditEvents\??\.(?:update|updateAll|remove|removeAll|delete|replace|findOneAndUpdate)\w*\(/;
    expect(filesWith(touching)).to.deep.equal([]);
  });

  it("14.3.3 leaves nothing of a patient in the storage of browsers", () => {
    expect(filesWith(/indexedDB|document\.cookie|serviceWorker/)).to.deep.equal([]);
    for (const file of filesWith(/localStorage|sessionStorage/)) {
      expect(read(file), file).to.not.match(/setItem\([^)]*(patient|claim|name|member)/i);
    }
  });

  it("13.4.1 15.2.3 goes into an image without tests, samples and history", () => {
    const rules = read("Dockerfile.dockerignore").trim().split("\n");
    expect(rules[0]).to.equal("*");
    for (const rule of rules.slice(1)) {
      expect(rule).to.match(
        /^!(package(-lock)?\.json|build\.mjs|tsconfig(\.build)?\.json|bin|schemas|src)$/,
      );
    }
  });

  it("15.1.2 has its packages from one registry, each with its digest, and a list of them", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { resolved?: string; integrity?: string; optional?: boolean }>;
    };
    const entries = Object.entries(packages).filter(([path]) => path !== "");
    expect(entries.length).to.be.greaterThan(100);
    for (const [path, { resolved, integrity, optional = false }] of entries) {
      // The lock file leaves the registry to npm's setting; where it names one, it is npm's own.
      expect(resolved ?? "https://registry.npmjs.org/", path).to.match(
        /^https:\/\/registry\.npmjs\.org\//,
      );
      // npm leaves out the digest of what is for another system and is not installed here.
      if (!optional || integrity !== undefined) expect(integrity, path).to.match(/^sha512-/);
    }
    expect(JSON.parse(read("package.json")).scripts.sbom).to.match(/npm sbom/);
  });
});
