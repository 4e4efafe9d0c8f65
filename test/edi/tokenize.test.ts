import { expect } from "chai";
import fc from "fast-check";
import { readEdi, readEdiSync } from "../../src/edi/guides/index.ts";
import { type Finding, type Segment, Tokenizer } from "../../src/edi/x12/index.ts";
import { codesOf, ISA, read, readBytes, remittance, summaryOf } from "./small-files.ts";

interface Tokens {
  readonly segments: Segment[];
  readonly findings: Finding[];
  readonly refused: boolean;
}

function tokensOf(chunks: Iterable<Uint8Array>, segmentMax?: number): Tokens {
  const segments: Segment[] = [];
  const findings: Finding[] = [];
  const sink = {
    segment: (segment: Segment) => segments.push(segment),
    finding: (finding: Finding) => findings.push(finding),
    refusedHeader: (_isa: Segment, finding: Finding) => findings.push(finding),
  };
  const tokenizer = new Tokenizer(sink, segmentMax);
  for (const chunk of chunks) tokenizer.push(chunk);
  tokenizer.end();
  return { segments, findings, refused: tokenizer.refused };
}

function tokens(text: string, encoding: BufferEncoding = "utf8"): Tokens {
  return tokensOf([Buffer.from(text, encoding)]);
}

/** A file that has everything a chunk border can cut badly. */
const AWKWARD = [
  "\ufeffDear partner, this is our VISA file.\r\n",
  ISA,
  "\r\nGS*HP*S*R*20250301*1200*1*X*005010X221A1~\r\n~ST*835*0001~\n\n",
  "BPR*I*100*C*CHK~\r\nN1*PR*ÄRZTE ÜÑ€𝄞~\r\nNTE*ADD*TWO\r\nLINES~SE*5*0001~",
  "GE*1*1~\r\nIEA*1*000000001~\r\n",
  ISA.replaceAll("*", "|").replace("^", "!").replace(":~", ">\n"),
  "GS|HP|S|R|20250301|1200|1|X|005010X221A1\n",
  "ST|835|0001\nSE|2|0001\nGE|1|1\nIEA|1|000000001\n\u001a",
].join("");

describe("tokenizer", () => {
  it("gives the same events wherever a file is cut in two", () => {
    const bytes = Buffer.from(AWKWARD);
    const whole = summaryOf(readEdiSync(bytes));
    expect(whole).to.have.length.above(10);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const tokenized = tokensOf([bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(tokenized.segments.map(String).join("\n"), `cut at ${cut}`).to.equal(
        tokensOf([bytes]).segments.map(String).join("\n"),
      );
      expect(codesOf(tokenized.findings), `cut at ${cut}`).to.deep.equal(
        codesOf(tokensOf([bytes]).findings),
      );
    }
  });

  it("gives the same events when bytes come one by one, or in any pieces", async () => {
    const bytes = Buffer.from(AWKWARD);
    const whole = summaryOf(readEdiSync(bytes));
    const property = fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 })), async (sizes) => {
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const size of sizes) {
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      while (at < bytes.length) chunks.push(bytes.subarray(at, ++at));
      const events = [];
      for await (const event of readEdi(chunks)) events.push(event);
      expect(summaryOf(events)).to.deep.equal(whole);
    });
    await fc.assert(property, { numRuns: 60, verbose: true });
  });

  it("does not look at a chunk again after it was given, so that buffers may be reused", () => {
    const bytes = Buffer.from(remittance());
    const reused = Buffer.alloc(7);
    const segments: string[] = [];
    const kept: Segment[] = [];
    const tokenizer = new Tokenizer({
      segment: (segment) => kept.push(segment),
      finding: (finding) => expect.fail(finding.code),
      refusedHeader: (_isa, finding) => expect.fail(finding.code),
    });
    for (let at = 0; at < bytes.length; at += 7) {
      const size = bytes.copy(reused, 0, at, at + 7);
      tokenizer.push(reused.subarray(0, size));
      reused.fill(0);
    }
    tokenizer.end();
    for (const segment of kept) segments.push(segment.toString());
    expect(`${segments.join("~")}~`).to.equal(bytes.toString());
  });

  it("reads the delimiters of each interchange from its ISA", () => {
    const { segments } = tokens(AWKWARD);
    const [first, second] = segments.filter(({ id }) => id === "ISA");
    expect(first?.delimiters).to.deep.equal({
      element: "*",
      component: ":",
      repetition: "^",
      segment: "~",
      lineBreak: "\r\n",
    });
    expect(second?.delimiters).to.deep.equal({
      element: "|",
      component: ">",
      repetition: "!",
      segment: "\n",
      lineBreak: "",
    });
  });

  it("knows no repetition separator before version 00402", () => {
    const old = tokens(ISA.replace("*^*00501*", "*U*00401*"));
    expect(old.segments[0]?.delimiters.repetition).to.equal(undefined);
    const odd = tokens(ISA.replace("*^*00501*", "*^*00401*"));
    expect(odd.segments[0]?.delimiters.repetition).to.equal(undefined);
  });

  it("tells each byte offset, also behind letters beyond ASCII and across chunks", () => {
    const bytes = Buffer.from(AWKWARD);
    const { segments } = tokensOf([bytes.subarray(0, 200), bytes.subarray(200)]);
    for (const segment of segments.filter(({ id }) => id !== "NTE")) {
      const text = segment.toString();
      const found = bytes.subarray(segment.offset, segment.offset + Buffer.byteLength(text));
      expect(found.toString()).to.equal(text);
    }
  });

  it("reads UTF-8, and Latin-1 where the bytes are no UTF-8", () => {
    const latin = tokens(`${ISA}N1*PR*ÄRZTE~`, "latin1").segments[1];
    expect(latin?.element(2)).to.equal("ÄRZTE");
    const utf8 = tokens(`${ISA}N1*PR*ÄRZTE €~`, "utf8").segments[1];
    expect(utf8?.element(2)).to.equal("ÄRZTE €");
  });

  it("takes line breaks out of segments and says so once", () => {
    const { segments, findings } = tokens(`${ISA}N1*PR*AB\r\nCD~N3*X\nY~`);
    expect(segments.slice(1).map(String)).to.deep.equal(["N1*PR*ABCD", "N3*XY"]);
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).to.deep.equal([
      "line-break-inside-segment repair",
    ]);
  });

  it("reads an ISA that is not of fixed width, with a finding a wrong width", () => {
    const loose = "ISA*00**00**ZZ*SENDER*ZZ*RECEIVER*250301*1200*^*00501*1*0*T*:~GS*HP~";
    const { segments, findings } = tokens(loose);
    expect(segments.map(String)).to.deep.equal([loose.split("~")[0], "GS*HP"]);
    expect(codesOf(findings)).to.deep.equal([
      "interchange-header-width@ISA02",
      "interchange-header-width@ISA04",
      "interchange-header-width@ISA06",
      "interchange-header-width@ISA08",
      "interchange-header-width@ISA13",
    ]);
  });

  it("numbers segments from ST = 1 within a set and from ISA = 1 outside", () => {
    const { segments } = tokens(remittance("BPR*I~"));
    expect(segments.map(({ id, position }) => `${id}${position}`).join(" ")).to.equal(
      "ISA1 GS2 ST1 BPR2 SE3 GE6 IEA7",
    );
  });
});

/** What refuses an interchange that begins, and can be answered by a TA1. */
const REFUSED = ["interchange-header-incomplete", "delimiter-alphanumeric", "delimiters-collide"];

describe("tokenizer, files that are no X12", () => {
  const cases: readonly (readonly [string, string | Buffer, string])[] = [
    ["an empty file", "", "file-empty"],
    ["nothing but white space", " \r\n\t", "file-empty"],
    ["a ZIP archive, even one that holds X12", `PK\u0003\u0004x ${ISA}`, "file-is-zip"],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0, 0]), "file-is-gzip"],
    ["a PDF", "%PDF-1.7 …", "file-is-pdf"],
    ["UTF-16", Buffer.from(`\ufeff${ISA}`, "utf16le"), "file-is-utf16"],
    ["EDIFACT", "UNA:+.? 'UNB+UNOA:1+S+R'", "file-is-edifact"],
    ["JSON", '{"claims": []}', "file-is-json"],
    ["XML", "<?xml version='1.0'?><a/>", "file-is-xml"],
    ["a set without its interchange", "ST*835*0001~SE*2*0001~", "interchange-header-missing"],
    ["binary", Buffer.from([0, 1, 2, 3, 200, 255, 7]), "file-is-binary"],
    ["prose", "Dear Sir, ISABEL has a VISA.", "interchange-missing"],
    ["an ISA cut off", ISA.slice(0, 70), "interchange-header-incomplete"],
    [
      "an ISA with an element too few",
      `${ISA.replace("*ZZ*SENDER         ", "*SENDER         ")}GS*HP*S*R~`,
      "delimiter-alphanumeric",
    ],
    ["separators that collide", ISA.replace(":~", "*~"), "delimiters-collide"],
    ["a terminator that is a separator", ISA.replace(":~", "::"), "delimiters-collide"],
  ];
  for (const [name, content, code] of cases) {
    it(`refuses ${name}`, () => {
      const { events, findings } = readBytes(Buffer.from(content));
      expect(codesOf(findings).map((found) => found.split("@")[0])).to.deep.equal([code]);
      expect(findings[0]?.severity).to.equal("error");
      expect(events.map(({ kind }) => kind)).to.deep.equal([
        REFUSED.includes(code) ? "interchangeRefused" : "finding",
      ]);
    });
  }

  it("reads the interchanges behind one that it refuses", () => {
    const { events, findings } = read(ISA.replace(":~", "*~") + remittance());
    expect(codesOf(findings)).to.deep.equal(["delimiters-collide@ISA"]);
    expect(events.filter(({ kind }) => kind === "loop")).to.have.length(1);
  });

  it("skips text before, between and behind interchanges with a finding each", () => {
    const { findings } = read(
      `Hello\n${remittance()}\n-- \n${remittance().replaceAll("000000001", "000000002")}bye`,
    );
    expect(findings.map(({ code }) => code)).to.deep.equal([
      "text-before-interchange",
      "text-between-interchanges",
      "text-after-interchange",
    ]);
  });
});

describe("tokenizer, bounds", () => {
  function* endless(head: string, megabytes: number, pulled: { bytes: number }) {
    yield Buffer.from(head);
    const chunk = Buffer.alloc(64 * 1024, "A");
    for (let given = 0; given < megabytes * 1024 * 1024; given += chunk.length) {
      pulled.bytes += chunk.length;
      yield chunk;
    }
  }

  it("refuses a segment of 200 MB after one megabyte of it", async () => {
    const pulled = { bytes: 0 };
    const before = process.memoryUsage();
    const codes: string[] = [];
    for await (const event of readEdi(endless(`${ISA}NTE*ADD*`, 200, pulled))) {
      if (event.kind === "interchangeEnd") codes.push(...event.findings.map(({ code }) => code));
    }
    const after = process.memoryUsage();
    expect(codes).to.deep.equal(["segment-too-long", "file-ends-early"]);
    expect(pulled.bytes).to.be.below(2 * 1024 * 1024);
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    expect(grown).to.be.below(64 * 1024 * 1024);
  });

  it("reads 200 MB without an ISA in flat memory", () => {
    const pulled = { bytes: 0 };
    const { findings, segments } = tokensOf(endless("prose ", 200, pulled));
    expect(codesOf(findings)).to.deep.equal(["interchange-missing@"]);
    expect(segments).to.have.length(0);
    expect(pulled.bytes).to.equal(200 * 1024 * 1024);
  });

  it("takes a segment of the greatest length and refuses the next longer one", () => {
    const longest = `NTE*${"A".repeat(96)}`;
    for (const chunkSize of [1, 33, 10_000]) {
      const cut = (text: string) => {
        const bytes = Buffer.from(text);
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += chunkSize) {
          chunks.push(bytes.subarray(at, at + chunkSize));
        }
        return chunks;
      };
      const taken = tokensOf(cut(`${ISA}${longest}~`), 100);
      expect(taken.refused).to.equal(false);
      expect(taken.segments[1]?.toString()).to.equal(longest);
      const refused = tokensOf(cut(`${ISA}${longest}A~N1*X~`), 100);
      expect(codesOf(refused.findings)).to.deep.equal(["segment-too-long@"]);
      expect(refused.segments).to.have.length(1);
    }
  });

  it("takes a segment longer than a window", () => {
    const long = `NTE*ADD*${"A".repeat(300_000)}`;
    const { segments } = tokens(`${ISA}${long}~N1*PR~`);
    expect(segments.slice(1).map(({ id }) => id)).to.deep.equal(["NTE", "N1"]);
    expect(segments[1]?.toString() === long).to.equal(true);
  });
});
