import { Decimal128, Double, Int32, Long } from "bson";
import { expect } from "chai";
import fc from "fast-check";
import { changedFields, decode, encode } from "../../../../src/platform/store/embedded/bson-raw.ts";
import { inverted, keyOf, successor } from "../../../../src/platform/store/embedded/key-string.ts";
import { naiveCompare } from "./naive-model.ts";

/** A number with its exact value in units of 10^-40. */
interface Exact {
  readonly value: unknown;
  readonly exact: bigint;
}

const SCALE = 10n ** 40n;

/** Returns a double's exact value, given that it has at most 40 binary places. */
function exactDouble(value: number): bigint {
  const scaled = BigInt(value * 2 ** 40);
  return (scaled * SCALE) / 2n ** 40n;
}

const numbers: fc.Arbitrary<Exact> = fc.oneof(
  fc.integer().map((n) => ({ value: new Int32(n), exact: BigInt(n) * SCALE })),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((n) => ({ value: Long.fromBigInt(n), exact: n * SCALE })),
  fc
    .bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n })
    .map((n) => ({ value: Long.fromBigInt(n), exact: n * SCALE })),
  fc
    .integer({ min: -(2 ** 20), max: 2 ** 20 })
    .map((n) => ({ value: new Double(n / 1024), exact: exactDouble(n / 1024) })),
  fc
    .integer({ min: -3, max: 3 })
    .map((n) => ({ value: new Double(2 ** 53 + n * 2), exact: BigInt(2 ** 53 + n * 2) * SCALE })),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }))
    .map(([n, places]) => ({
      value: Decimal128.fromString(`${n}E-${places}`),
      exact: (n * SCALE) / 10n ** BigInt(places),
    })),
);

const values = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom("", "a", "a\u0000", "a\u0001", "a\u0002", "b", "é"),
    fc.constantFrom(null, true, false, new Date(-5), new Date(0), new Date(7)),
    fc.array(tie("any"), { maxLength: 3 }),
    fc
      .dictionary(fc.constantFrom("a", "b", "\u0001"), tie("any"), { maxKeys: 2 })
      .map((d) => ({ ...d })),
  ),
})).any;

describe("embedded store: index keys", () => {
  it("order numbers of every type by their exact value", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const wanted = a.exact < b.exact ? -1 : a.exact > b.exact ? 1 : 0;
        expect(Buffer.compare(keyOf(a.value), keyOf(b.value))).to.equal(wanted);
      }),
      { numRuns: 4000 },
    );
  });

  it("order all values as MongoDB does, inverted ones the other way, and none is another's prefix", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [x, y] = [keyOf(a), keyOf(b)];
        const wanted = Math.sign(naiveCompare(a, b));
        expect(Buffer.compare(x, y)).to.equal(wanted);
        expect(Buffer.compare(inverted(x), inverted(y))).to.equal(wanted === 0 ? 0 : -wanted);
        if (wanted !== 0) expect(y.subarray(0, x.length).equals(x)).to.equal(false);
      }),
      { numRuns: 4000 },
    );
  });

  it("have a successor above all that start with them and below all else that is greater", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 4 }).map((b) => Buffer.from(b));
    fc.assert(
      fc.property(bytes, bytes, (prefix, other) => {
        fc.pre(prefix.some((byte) => byte !== 255));
        const next = successor(prefix);
        const startsWith = other.subarray(0, prefix.length).equals(prefix);
        const isBetween = other.compare(prefix) >= 0 && other.compare(next) < 0;
        expect(isBetween).to.equal(startsWith);
      }),
    );
  });

  it("are given for values that survive a round through BSON", () => {
    fc.assert(
      fc.property(values, (v) => {
        expect(keyOf(decode(encode({ v })).v).equals(keyOf(v))).to.equal(true);
      }),
    );
  });
});

describe("embedded store: fields that differ", () => {
  it("names them, and cannot tell where their order differs", () => {
    const before = encode({ _id: 1, a: "x", b: { c: [1, 2] }, ab: 3 });
    const differing = (doc: object) => changedFields(before, encode(doc));
    expect(differing({ _id: 1, a: "x", b: { c: [1, 2] }, ab: 3 })).to.deep.equal(new Set());
    expect(differing({ _id: 1, a: "xy", b: { c: [1, 2] }, ab: 3.5 })).to.deep.equal(
      new Set(["a", "ab"]),
    );
    expect(differing({ _id: 1, a: "x", b: { c: [1, 3] }, ab: 3 })).to.deep.equal(new Set(["b"]));
    expect(differing({ _id: 1, a: "x", ab: 3, b: { c: [1, 2] } })).to.equal(null);
    expect(differing({ _id: 1, a: "x", b: { c: [1, 2] } })).to.equal(null);
  });
});
