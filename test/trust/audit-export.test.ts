import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import {
  type AuditEvent,
  appendEvents,
  ExportReader,
  GENESIS,
} from "../../src/trust/audit/index.ts";
import { chainOf, checkpointAt, draft, exported, judge } from "./audit-trail.ts";

const EVENTS = 190;
const STEP = 40;
/** The opening, and checkpoints at 40, 80, 120 and 160. */
const BEFORE = 5;
const NEWLINE = Buffer.from("\n");

/** Which bits of each byte are flipped: `npm run tamper` flips all of them, the suite another one from byte to byte. */
const BITS = process.env.TAMPER === "all" ? [0, 1, 2, 3, 4, 5, 6, 7] : [0];

/** The number of the event that a line holds; 1 for a line before the first. */
const eventOf = (line: number) => Math.max(1, line - BEFORE + 1);

describe("an exported audit trail", () => {
  const { events } = chainOf(EVENTS);
  let lines: Buffer[];
  /** Readers that stand before each event, and one behind the last. */
  const readers: ExportReader[] = [];
  before(async () => {
    lines = await exported(events, STEP);
    const reader = new ExportReader();
    for (const [at, line] of lines.entries()) {
      if (at >= BEFORE) readers.push(reader.copy());
      reader.take(line);
    }
    readers.push(reader);
  });
  /** What is said of a trail that is itself before an event, and then goes on so. */
  const goingOn = (count: number, rest: readonly Uint8Array[]) =>
    judge(rest, readers[count]?.copy());
  const opening = () => lines.slice(0, BEFORE);

  it("164.312(c)(1) holds when nothing was done to it, and says against how many checkpoints", () => {
    const report = judge(lines);
    expect(report).to.include({ ok: true, events: EVENTS, checkpoints: 5, practiceId: "p1" });
    expect(judge(lines, new ExportReader(report?.keyId))).to.include({ ok: true });
  });

  it(`164.312(c)(1) shows ${BITS.length === 8 ? "every bit" : "one bit of every byte"} of 100 KB flipped, and names the record it stands in`, () => {
    const text = Buffer.concat(lines.flatMap((line) => [line, NEWLINE]));
    expect(text.length).to.be.greaterThan(100_000);
    const reader = new ExportReader();
    let flips = 0;
    for (const [at, line] of lines.entries()) {
      const spoilt = Buffer.concat([line, NEWLINE]);
      for (let flip = 0; flip < spoilt.length * BITS.length; flip += 1) {
        const byte = Math.floor(flip / BITS.length);
        const bit = ((BITS[flip % BITS.length] ?? 0) + byte * 3) % 8;
        spoilt[byte] = (spoilt[byte] ?? 0) ^ (1 << bit);
        const judged = reader.copy();
        // Without its end a line runs on into the next; with one more in it, it is two.
        const end = spoilt.indexOf(NEWLINE);
        const next = lines[at + 1] ?? NEWLINE;
        const said = end < 0 ? Buffer.concat([spoilt, next]) : spoilt.subarray(0, end);
        const isTaken = judged.take(said);
        if (isTaken) expect.fail(`line ${at + 1}, byte ${byte}, bit ${bit}: not noticed`);
        const sequence = at === 0 ? undefined : judged.end()?.firstBad?.sequence;
        if (at > 0 && sequence !== eventOf(at)) {
          expect.fail(`line ${at + 1}, byte ${byte}, bit ${bit}: named ${sequence}`);
        }
        spoilt[byte] = (spoilt[byte] ?? 0) ^ (1 << bit);
        flips += 1;
      }
      expect(reader.take(line)).to.equal(true);
    }
    expect(flips).to.equal(text.length * BITS.length);
  }).timeout(120_000);

  it("164.312(c)(1) shows each deleted record, the last too", () => {
    for (let sequence = 1; sequence <= EVENTS; sequence += 1) {
      const { firstBad } = goingOn(sequence - 1, lines.slice(BEFORE + sequence)) ?? {};
      const reason = sequence === EVENTS ? "truncated" : "missing";
      expect(firstBad, String(sequence)).to.deep.equal({ sequence, reason });
    }
  });

  it("164.312(c)(1) shows a record put in anywhere, be it a copy or one made to fit", () => {
    for (let behind = 0; behind <= EVENTS; behind += 1) {
      const last = events[behind - 1] ?? GENESIS;
      const forged = appendEvents(last, [draft(999)], "2026-03-02T10:00:00.000Z").events;
      const copy = events[(behind + 7) % EVENTS] as AuditEvent;
      for (const put of [forged[0], copy] as AuditEvent[]) {
        if (put.sequence === behind + 1 && put === copy) continue;
        const rest = [lineOf(put), ...lines.slice(BEFORE + behind)];
        const { ok, firstBad } = goingOn(behind, rest) ?? {};
        expect(ok, `behind ${behind}`).to.equal(false);
        // One made to fit is believed until the true next one contradicts it.
        expect(firstBad?.sequence, `behind ${behind}`).to.be.within(behind + 1, behind + 2);
      }
    }
  });

  it("164.312(c)(1) shows any two neighbours, and any two far apart, that changed places", () => {
    for (const distance of [1, 50]) {
      for (let at = 0; at + distance < EVENTS; at += 1) {
        const swapped = [...lines];
        const [a, b] = [BEFORE + at, BEFORE + at + distance];
        [swapped[a], swapped[b]] = [lines[b], lines[a]] as [Buffer, Buffer];
        const { firstBad } = goingOn(at, swapped.slice(a)) ?? {};
        expect(firstBad).to.deep.equal({ sequence: at + 1, reason: "missing" });
      }
    }
  });

  it("164.312(c)(1) shows a tail that is cut off, at every length", () => {
    for (let length = 0; length < EVENTS; length += 1) {
      const { firstBad } = goingOn(length, []) ?? {};
      expect(firstBad).to.deep.equal({ sequence: length + 1, reason: "truncated" });
    }
  });

  it("164.312(c)(1) shows a chain written anew without the key, from whatever event on", async () => {
    const own = generateKeyPairSync("ed25519");
    const keyId = judge(lines)?.keyId;
    for (let from = 1; from <= EVENTS; from += 9) {
      const forged = chainOf(EVENTS, (n) => draft(n < from ? n : n + 1)).events;
      const anew = [...opening(), ...forged.map(lineOf)];
      const next = Math.min(EVENTS, Math.ceil(from / STEP) * STEP);
      expect(judge(anew)?.firstBad).to.deep.equal({ sequence: next, reason: "rewritten" });
    }
    const ownKey = await exported(chainOf(EVENTS, (n) => draft(n + 1)).events, STEP, own);
    expect(judge(ownKey)?.ok, "a forger's own key, if nobody looks").to.equal(true);
    expect(judge(ownKey, new ExportReader(keyId))?.firstBad).to.deep.equal({
      sequence: 1,
      reason: "unsigned",
    });
  });

  it("takes no checkpoint of another practice, another key, or one behind the first event", () => {
    const [first = Buffer.from(""), ...rest] = lines;
    const { privateKey } = generateKeyPairSync("ed25519");
    const other = checkpointAt(events, 3, privateKey);
    const line = Buffer.from(`{"checkpoint":${JSON.stringify(other, Object.keys(other).sort())}}`);
    expect(judge([first, line, ...rest])?.firstBad?.reason).to.equal("unsigned");
    const late = lines[1] ?? Buffer.from("");
    expect(judge([...lines, late])?.firstBad?.reason).to.equal("garbled");
    expect(judge([Buffer.from("ISA*00*")])).to.equal(undefined);
  });
});

function lineOf(event: AuditEvent): Buffer {
  const sorted = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        )
      : value;
  return Buffer.from(JSON.stringify(sorted(event)));
}
