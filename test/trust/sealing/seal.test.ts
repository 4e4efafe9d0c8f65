import { expect } from "chai";
import {
  blindIndex,
  CannotOpen,
  keyIdOf,
  newKeyRing,
  open,
  openStream,
  type Place,
  readKeyRing,
  seal,
  sealStream,
  streamKeyId,
  withNewKey,
  withoutOldKeys,
  writeKeyRing,
} from "../../../src/trust/sealing/index.ts";

const AT = new Date("2026-11-22T00:00:00Z");
const PLACE: Place = { collection: "claims", practiceId: "main", id: "c1", field: "packed" };
const ring = newKeyRing(AT);

describe("a sealed text", () => {
  it("164.312(a)(2)(iv) opens where it was sealed, and says nothing of what it holds", () => {
    const text = "Zoë O'Brien, 1950-02-29, Z79.4";
    const sealed = seal(ring, text, PLACE);
    expect(open(ring, sealed, PLACE)).to.equal(text);
    expect(sealed.toString("latin1")).not.to.include("Brien");
    expect(seal(ring, text, PLACE).equals(sealed)).to.equal(false);
  });

  it("11.3.3 164.312(c)(2) opens nowhere else: another collection, practice, document or field", () => {
    const sealed = seal(ring, "x", PLACE);
    const changes = { collection: "encounters", practiceId: "p2", id: "c2", field: "body" };
    for (const [part, value] of Object.entries(changes)) {
      const elsewhere = { ...PLACE, [part]: value };
      expect(() => open(ring, sealed, elsewhere), part).to.throw(CannotOpen);
    }
  });

  it("11.3.3 164.312(c)(2) does not open with any one bit of it changed, nor cut, nor lengthened", () => {
    const sealed = seal(ring, "Jane Doe", PLACE);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => open(ring, changed, PLACE), `bit ${bit}`).to.throw(CannotOpen);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => open(ring, sealed.subarray(0, length), PLACE)).to.throw(CannotOpen);
    }
    expect(() => open(ring, Buffer.concat([sealed, sealed]), PLACE)).to.throw(CannotOpen);
  });

  it("11.2.2 164.312(a)(2)(iv) opens after a rotation, and not when its key is gone, which is then named", () => {
    const sealed = seal(ring, "x", PLACE);
    const rotated = withNewKey(ring, AT);
    expect(open(rotated, sealed, PLACE)).to.equal("x");
    expect(keyIdOf(seal(rotated, "x", PLACE))).to.equal(rotated.current.id);
    const error = catchOf(() => open(withoutOldKeys(rotated), sealed, PLACE));
    expect(error.missingKey).to.equal(ring.current.id);
  });
});

function catchOf(work: () => unknown): CannotOpen {
  try {
    work();
  } catch (error) {
    if (error instanceof CannotOpen) return error;
    throw error;
  }
  throw new Error("it opened");
}

describe("a key ring's file", () => {
  it("gives back the same ring", () => {
    const again = readKeyRing(writeKeyRing(withNewKey(ring, AT)));
    expect(open(again, seal(ring, "x", PLACE), PLACE)).to.equal("x");
    const index = (of: typeof ring) => blindIndex(of, "main", "name", "Doe");
    expect(index(again)).to.equal(index(ring));
    expect(again.signingKey.equals(ring.signingKey)).to.equal(true);
  });

  it("is refused where it is spoilt, in words without a key", () => {
    const file = JSON.parse(writeKeyRing(ring)) as Record<string, unknown>;
    const spoilt: [unknown, RegExp][] = [
      ["{", /no JSON/],
      [null, /format/],
      [{ ...file, format: "other" }, /format/],
      [{ ...file, current: "ffffffff" }, /current key/],
      [{ ...file, keys: [{}] }, /eight hexadecimal/],
      [{ ...file, keys: "x" }, /eight hexadecimal/],
      [{ ...file, indexKey: "c2hvcnQ=" }, /256 bits/],
      [{ ...file, signingKey: "c2hvcnQ=" }, /Ed25519/],
    ];
    for (const [each, words] of spoilt) {
      const text = typeof each === "string" ? each : JSON.stringify(each);
      expect(() => readKeyRing(text)).to.throw(words);
    }
  });
});

/** A stream of these bytes in chunks of one size. */
async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const PIECE = 256 * 1024;
const opened = (bytes: Buffer, place = PLACE, size = 70_001) =>
  gather(openStream(() => ring, chunked(bytes, size), place));

describe("a sealed stream", () => {
  for (const length of [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]) {
    it(`opens whole, in whatever chunks it comes: ${length} bytes`, async () => {
      const bytes = Buffer.alloc(length, "ISA*00*");
      for (const size of [9999, PIECE, 2 * PIECE]) {
        const sealed = await gather(sealStream(ring, chunked(bytes, size), PLACE));
        expect(streamKeyId(sealed)).to.equal(ring.current.id);
        expect((await opened(sealed, PLACE, size + 13)).equals(bytes)).to.equal(true);
      }
    });
  }

  it("comes as it is where it was never sealed", async () => {
    for (const text of ["ISA*00*", "", "a,b\n1,2\n"]) {
      expect((await opened(Buffer.from(text))).toString()).to.equal(text);
    }
  });

  it("164.312(c)(2) does not open elsewhere, cut off, with pieces exchanged, or changed", async () => {
    const bytes = Buffer.alloc(3 * PIECE + 5, "x");
    const sealed = await gather(sealStream(ring, chunked(bytes, PIECE), PLACE));
    const head = 24;
    const step = PIECE + 16;
    const piece = (n: number) => sealed.subarray(head + n * step, head + (n + 1) * step);
    const spoilt = {
      elsewhere: sealed,
      "without its end": sealed.subarray(0, sealed.length - 21),
      "without its last byte": sealed.subarray(0, sealed.length - 1),
      "only a head": sealed.subarray(0, head),
      "half a head": sealed.subarray(0, 15),
      exchanged: Buffer.concat([sealed.subarray(0, head), piece(1), piece(0), piece(2), piece(3)]),
      doubled: Buffer.concat([sealed, piece(3)]),
      changed: Buffer.concat([sealed.subarray(0, -1), Buffer.from([1])]),
    };
    for (const [how, each] of Object.entries(spoilt)) {
      const place = how === "elsewhere" ? { ...PLACE, id: "c2" } : PLACE;
      const outcome = await opened(each, place).catch((error: unknown) => error);
      expect(outcome, how).to.be.instanceOf(CannotOpen);
    }
  });
});

describe("a blind index", () => {
  const index = (kind: "name" | "member-id", value: string, practice = "main") =>
    blindIndex(ring, practice, kind, value);

  it("is the same for what people mean by the same", () => {
    expect(index("name", "O'Brien")).to.equal(index("name", " obrien "));
    expect(index("member-id", "abc-123 45")).to.equal(index("member-id", "ABC12345"));
  });

  it("differs by practice, kind, value and key, and tells nothing of the value", () => {
    const all = [
      index("name", "Doe"),
      index("name", "Roe"),
      index("member-id", "Doe"),
      index("name", "Doe", "other"),
      blindIndex(newKeyRing(AT), "main", "name", "Doe"),
    ];
    expect(new Set(all).size).to.equal(all.length);
    expect(all[0]).to.match(/^[\w-]{22}$/);
  });
});
