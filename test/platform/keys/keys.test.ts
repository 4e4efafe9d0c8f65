import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Keys, keyCommand, keyFile, UnfitKeys } from "../../../src/platform/keys/index.ts";
import { openStore } from "../../../src/platform/store/index.ts";
import { withNewKey, writeKeyRing } from "../../../src/trust/sealing/index.ts";
import { testRing } from "../../keys.ts";

const now = () => new Date("2026-11-22T00:00:00Z");

describe("keys", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cw-keys-"));
    file = join(folder, "keys.json");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("are made and kept in a file of its owner's at the first start, and read at the next", () => {
    const made = Keys.load(keyFile(file), now);
    expect(made.isFresh).to.equal(true);
    made.keep();
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const read = Keys.load(keyFile(file), now);
    expect(read.isFresh).to.equal(false);
    expect(read.ring.current.id).to.equal(made.ring.current.id);
  });

  it("never take the place of keys that another start has kept meanwhile", () => {
    const [first, second] = [Keys.load(keyFile(file), now), Keys.load(keyFile(file), now)];
    first.keep();
    const kept = readFileSync(file, "utf8");
    expect(() => second.keep()).to.throw(UnfitKeys);
    expect(readFileSync(file, "utf8")).to.equal(kept);
  });

  it("13.3.2 are refused from a file that others may read", () => {
    writeFileSync(file, writeKeyRing(testRing()), { mode: 0o600 });
    chmodSync(file, 0o640);
    expect(() => Keys.load(keyFile(file), now)).to.throw(UnfitKeys, /chmod 600/);
  });

  it("1.2.5 13.3.1 come from a command, which alone may change them", () => {
    writeFileSync(file, writeKeyRing(testRing()));
    const keys = Keys.load(keyCommand(`cat ${file}`), now);
    expect(keys.ring.current.id).to.equal(testRing().current.id);
    expect(() => keys.change((ring) => withNewKey(ring, now()))).to.throw(UnfitKeys);
    expect(() => Keys.load(keyCommand("false"), now)).to.throw(UnfitKeys, /command false/);
  });

  it("that another process has added are found when they are met", () => {
    const keys = Keys.load(keyFile(file), now);
    keys.keep();
    const other = Keys.load(keyFile(file), now);
    other.change((ring) => withNewKey(ring, now()));
    expect(keys.having(other.ring.current.id).keys.size).to.equal(2);
  });

  it("must be those of the data: a store does not open without them", async () => {
    const directory = join(folder, "data");
    await (await openStore({ directory }, Keys.load(keyFile(file), now))).close();
    const missing = Keys.load(keyFile(join(folder, "none.json")), now);
    const refused = await openStore({ directory }, missing).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(UnfitKeys);
    expect((refused as Error).message).to.match(/Set CLAIMWRIGHT_KEYS/);
    await (await openStore({ directory }, Keys.load(keyFile(file), now))).close();
  });
});
