import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { practices } from "../app/practice.ts";
import { fileOfBlock } from "./arrivals.ts";
import { Bookkeeper } from "./books.ts";
import { type Chapter, type Rule, readChapter, type Step, writeChapter } from "./chapter.ts";

const HERE = new URL("./", import.meta.url);
const ROOT = new URL("../../", import.meta.url);
const PAGE = new URL("docs/posting-rules.md", ROOT);
const UPDATE = process.env.UPDATE_GOLDEN === "1";

const CHAPTERS: readonly (readonly [string, Chapter])[] = readdirSync(HERE)
  .filter((name) => /^\d\d-.+\.md$/.test(name))
  .sort()
  .map((name) => [name, readChapter(readFileSync(new URL(name, HERE), "utf8"))]);
const RULES = CHAPTERS.flatMap(([, { rules }]) => rules);

describe("posting rules", () => {
  const newPractice = practices();

  for (const [name, chapter] of CHAPTERS) {
    describe(chapter.title, () => {
      const said = new Map<Step, string>();
      for (const { id, examples } of chapter.rules) {
        for (const { title, steps } of examples) {
          it(`${id} ${title}`, async () => {
            const practice = newPractice();
            const bookkeeper = new Bookkeeper(practice);
            for (const step of steps) {
              const books = await bookkeeper.take(fileOfBlock(step.edi));
              said.set(step, books);
              if (!UPDATE) expect(books).to.equal(step.books);
            }
            expect(await practice.differences()).to.equal(0);
          });
        }
      }
      after(() => {
        if (UPDATE) writeFileSync(new URL(name, HERE), writeChapter(chapter, said));
      });
    });
  }
});

/** Every rule by its id, in the order of the chapters. C6 and C7 are rules of claims to a second payer, not of posting. */
const IDS = [
  "E1 E2 E3 E4 E5 E6 E7",
  "B1 B2 B3 B4 B5 B6 B7 B8 B9",
  "M1 M2 M3 M4 M5 M6 M7 M8",
  "L1 L2 L3 L4 L5 L6 L7 L8 L9 L10 L11",
  "CLP02-1 CLP02-3 CLP02-4 CLP02-5 CLP02-19 CLP02-22 CLP02-23 CLP02-25 CLP02-other",
  "R1 R2 R3 R4 R5 R6 R7 R8",
  "PLB-FB PLB-WO PLB-72 PLB-L6 PLB-CS PLB-J1 PLB-IR PLB-LE PLB-AP PLB-CT",
  "PLB-income PLB-charges PLB-other PLB-unmapped",
  "CO PR OA PI CR CO-45 CO-253 CO-24 CO-97",
  "C1 C2 C3 C4 C5 C8",
  "RP ADVANCE",
];

describe("the page of posting rules", () => {
  it("leaves no rule out", () => {
    expect(RULES.map(({ id }) => id).join(" ")).to.equal(IDS.join(" "));
  });

  it("has each rule once, each with words, a source, an example and the code that decides it", () => {
    expect(new Set(RULES.map(({ id }) => id)).size).to.equal(RULES.length);
    for (const { id, words, source, decided, examples } of RULES) {
      expect(words, id).to.match(/^[A-Z].+\.$/);
      expect(source, id).to.match(/\S/);
      expect(decided, id).to.not.deep.equal([]);
      expect(examples, id).to.not.deep.equal([]);
      for (const { title, steps } of examples)
        expect(steps, `${id} ${title}`).to.not.have.length(0);
    }
  });

  it("names functions that are exported where it says", () => {
    for (const { id, decided } of RULES) {
      for (const { name, path } of decided) {
        const code = readFileSync(new URL(path, ROOT), "utf8");
        const exported = new RegExp(`^export (async )?(function|const|class) ${name}\\b`, "m");
        expect(code, `${id}: ${name} in ${path}`).to.match(exported);
      }
    }
  });

  it("is docs/posting-rules.md (UPDATE_GOLDEN=1 writes it)", () => {
    const text = readFileSync(PAGE, "utf8");
    const head = text.slice(0, text.indexOf("\n## ") + 1);
    const body = CHAPTERS.map(([name, chapter]) => section(name, chapter)).join("\n");
    if (UPDATE) writeFileSync(PAGE, head + body);
    else expect(text.slice(head.length)).to.equal(body);
  });
});

function section(name: string, { title, rules }: Chapter): string {
  const heads = ["Rule", "Says", "Source", "Shown by", "Decided by"];
  const rows = [heads, heads.map(() => "---"), ...rules.map(rowOf)];
  const table = rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
  return `## ${title}\n\nExamples: [${name}](../test/posting-rules/${name})\n\n${table}`;
}

function rowOf({ id, words, source, decided, examples }: Rule): string[] {
  const cells = [
    id,
    words,
    source,
    examples.map(({ title }) => `${id} ${title}`).join("; "),
    decided.map(({ name, path }) => `\`${name}\` in ${path}`).join(", "),
  ];
  return cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("*", "\\*"));
}
