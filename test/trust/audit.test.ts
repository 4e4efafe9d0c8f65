import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import {
  type AuditEvent,
  type AuditHead,
  appendEvents,
  canonicalJson,
  GENESIS,
  signCheckpoint,
  type UnsealedEvent,
  verifyChain,
  verifyCheckpoint,
} from "../../src/trust/audit/index.ts";

const AT = "2026-03-02T10:00:00.000Z";

function draft(number: number): UnsealedEvent {
  return {
    practiceId: "p1",
    actor: { id: "u1", kind: "person", roles: ["biller"] },
    action: "claim.read",
    entity: { type: "claim", id: `PCN${number}` },
    patientId: `patient-${number}`,
    fields: ["patient.lastName", "diagnoses"],
    purpose: "payment",
    outcome: "success",
    requestId: `r${number}`,
    source: "http",
    detail: { count: number, codes: ["CO", "45"] },
  };
}

function log(length: number): { events: AuditEvent[]; head: AuditHead } {
  const drafts = Array.from({ length }, (_, index) => draft(index + 1));
  return appendEvents(GENESIS, drafts, AT);
}

/** The log as storage holds it, with one byte changed; undefined where that is no JSON any more. */
function withByte(text: string, index: number): AuditEvent[] | undefined {
  const bytes = Buffer.from(text);
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  try {
    return JSON.parse(bytes.toString()) as AuditEvent[];
  } catch {
    return undefined;
  }
}

function without(events: readonly AuditEvent[], sequence: number): AuditEvent[] {
  return events.filter((event) => event.sequence !== sequence);
}

describe("the audit chain", () => {
  it("holds as it was written, read from a list or from a stream, in one append or in two", async () => {
    const { events, head } = log(5);
    expect(await verifyChain(events, head)).to.deep.equal({ events: 5, ok: true });
    const more = appendEvents(head, [draft(6)], AT);
    async function* stream() {
      yield* events;
      yield* more.events;
    }
    expect(await verifyChain(stream(), more.head)).to.deep.equal({ events: 6, ok: true });
    expect(more.head.sequence).to.equal(6);
  });

  it("does not depend on the order in which storage gives the keys back", async () => {
    const { events, head } = log(3);
    const turned = events.map(
      (event) => Object.fromEntries(Object.entries(event).reverse()) as unknown as AuditEvent,
    );
    expect((await verifyChain(turned, head)).ok).to.equal(true);
  });

  it("finds every single changed byte and names the event it stands in", async () => {
    const { events, head } = log(4);
    const texts = events.map((event) => JSON.stringify(event));
    let tampered = 0;
    for (const [at, text] of texts.entries()) {
      for (let index = 0; index < Buffer.byteLength(text); index += 1) {
        const changed = withByte(`[${text}]`, index + 1);
        if (changed === undefined || JSON.stringify(changed) === `[${text}]`) continue;
        const list = events.map((event, place) => (place === at ? changed[0] : event));
        const report = await verifyChain(list as AuditEvent[], head);
        expect(report.ok, `event ${at + 1}, byte ${index}`).to.equal(false);
        expect(report.firstBad?.sequence).to.equal(at + 1);
        tampered += 1;
      }
    }
    expect(tampered).to.be.greaterThan(1000);
  });

  it("finds a field that was added or taken away", async () => {
    const { events } = log(2);
    const added = events.map((event) => ({ ...event, note: "x" }));
    expect((await verifyChain(added)).firstBad).to.deep.equal({ sequence: 1, reason: "altered" });
    const taken = events.map(({ detail, ...event }) => event as AuditEvent);
    expect((await verifyChain(taken)).firstBad).to.deep.equal({ sequence: 1, reason: "altered" });
  });

  it("finds a deleted event, each but the last even without a known head", async () => {
    const { events, head } = log(5);
    for (const sequence of [1, 2, 3, 4]) {
      const report = await verifyChain(without(events, sequence));
      expect(report.firstBad).to.deep.equal({ sequence, reason: "missing" });
    }
    const { firstBad } = await verifyChain(without(events, 5), head);
    expect(firstBad).to.deep.equal({ sequence: 5, reason: "truncated" });
  });

  it("finds an inserted and a repeated event", async () => {
    const { events } = log(4);
    const [first, second, ...rest] = events as [AuditEvent, AuditEvent, ...AuditEvent[]];
    const forged = appendEvents(first, [draft(9)], AT).events;
    expect((await verifyChain([first, ...forged, second, ...rest])).firstBad).to.deep.equal({
      sequence: 3,
      reason: "repeated",
    });
    const renumbered = { ...second, sequence: 3 };
    expect((await verifyChain([first, ...forged, renumbered])).firstBad).to.deep.equal({
      sequence: 3,
      reason: "unlinked",
    });
  });

  it("finds two events that changed places", async () => {
    const { events } = log(4);
    const [a, b, c, d] = events as [AuditEvent, AuditEvent, AuditEvent, AuditEvent];
    const { firstBad } = await verifyChain([a, c, b, d]);
    expect(firstBad).to.deep.equal({ sequence: 2, reason: "missing" });
  });

  it("finds another practice's events spliced in", async () => {
    const { events } = log(1);
    const [first] = events as [AuditEvent];
    const foreign = appendEvents(first, [{ ...draft(2), practiceId: "p2" }], AT).events;
    const { firstBad } = await verifyChain([first, ...foreign]);
    expect(firstBad).to.deep.equal({ sequence: 2, reason: "foreign" });
  });

  it("finds truncation and a whole chain written anew only by a head kept elsewhere", async () => {
    const { events, head } = log(6);
    const rewritten = appendEvents(GENESIS, [1, 2, 3, 9, 5, 6].map(draft), AT);
    const checkpoint = { sequence: 4, hash: events[3]?.hash ?? "" };
    expect((await verifyChain(rewritten.events)).ok).to.equal(true);
    expect((await verifyChain(rewritten.events, head)).firstBad).to.deep.equal({
      sequence: 6,
      reason: "rewritten",
    });
    const { firstBad } = await verifyChain(rewritten.events, rewritten.head, [checkpoint]);
    expect(firstBad).to.deep.equal({ sequence: 4, reason: "rewritten" });
    const short = await verifyChain(events.slice(0, 2), undefined, [checkpoint]);
    expect(short.firstBad).to.deep.equal({ sequence: 3, reason: "truncated" });
    expect((await verifyChain([], head)).firstBad?.reason).to.equal("truncated");
    expect((await verifyChain(events, events[3])).firstBad).to.deep.equal({
      sequence: 5,
      reason: "extended",
    });
  });
});

describe("canonical JSON", () => {
  it("sorts keys at every depth and leaves out what is undefined", () => {
    const text = canonicalJson({ b: [{ d: 1, c: null }], a: undefined, A: "é\n" });
    expect(text).to.equal('{"A":"é\\n","b":[{"c":null,"d":1}]}');
  });

  it("refuses what storage could give back otherwise", () => {
    for (const value of [0.5, Number.NaN, 2 ** 53, new Date(0), "\ud800", [undefined], 1n]) {
      expect(() => canonicalJson(value)).to.throw();
    }
    expect(canonicalJson("𝒳")).to.equal('"𝒳"');
  });
});

describe("an audit checkpoint", () => {
  const keys = generateKeyPairSync("ed25519");
  const { head } = log(3);
  const checkpoint = signCheckpoint({ practiceId: "p1", at: AT, ...head }, keys.privateKey);

  it("verifies with the key that signed it and with no other", () => {
    expect(verifyCheckpoint(checkpoint, keys.publicKey)).to.equal(true);
    const { publicKey } = generateKeyPairSync("ed25519");
    expect(verifyCheckpoint(checkpoint, publicKey)).to.equal(false);
  });

  it("fails when any member is changed or the signature is cut", () => {
    const changes = [
      { practiceId: "p2" },
      { sequence: 2 },
      { hash: GENESIS.hash },
      { at: "2026-03-02T10:00:00.001Z" },
      { keyId: "0".repeat(16) },
      { signature: checkpoint.signature.slice(0, -4) },
      { signature: `${checkpoint.signature}AAAA` },
      { signature: "" },
    ];
    for (const change of changes) {
      const changed = { ...checkpoint, ...change };
      expect(verifyCheckpoint(changed, keys.publicKey), JSON.stringify(change)).to.equal(false);
    }
  });
});
