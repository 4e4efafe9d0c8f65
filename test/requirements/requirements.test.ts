import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { LIMITS } from "../../src/faces/http/limits.ts";
import { ASVS_ROWS } from "./asvs-rows.ts";
import { HIPAA_ROWS } from "./hipaa-rows.ts";
import { asvsPage, hipaaPage, testsByNumber } from "./pages.ts";
import { namedTests, read, testsOf } from "./titles.ts";

const HOME = new URL("../../", import.meta.url);
const PAGES: Readonly<Record<string, () => string>> = {
  "docs/hipaa.md": hipaaPage,
  "docs/asvs.md": asvsPage,
};

/** The anchors of a page's headings, as they are linked to. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(/\s/g, "-"),
  );
}

describe("requirements and the tests that show them", () => {
  it("164.316(b)(2)(iii) stand on pages that are as they would be made now", () => {
    for (const [path, page] of Object.entries(PAGES)) {
      const file = new URL(path, HOME);
      if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, page());
      expect(
        readFileSync(file, "utf8") === page(),
        `${path} is stale: npm run requirements`,
      ).to.equal(true);
    }
  });

  it("164.316(b)(1)(i) have a test for every paragraph of 45 CFR 164.312 and 164.316, and a place that exists", () => {
    expect(HIPAA_ROWS).to.have.length(18);
    const tests = testsByNumber();
    for (const { paragraph, places } of HIPAA_ROWS) {
      expect(tests.get(paragraph) ?? [], paragraph).to.not.have.length(0);
      for (const place of places) expect(existsSync(new URL(place, HOME)), place).to.equal(true);
    }
  });

  it("name every requirement of ASVS levels 1 and 2 once, with a test or a reason", () => {
    expect(ASVS_ROWS.filter(({ level }) => level === 1)).to.have.length(70);
    expect(ASVS_ROWS.filter(({ level }) => level === 2)).to.have.length(183);
    const numbers = ASVS_ROWS.map(({ number }) => number);
    expect(new Set(numbers).size).to.equal(253);
    const tests = testsByNumber();
    for (const { number, reason } of ASVS_ROWS) {
      expect(tests.has(number) || reason !== undefined, `${number} has neither`).to.equal(true);
    }
  });

  it("are documented where they say so, under a heading that exists", () => {
    for (const { number, state, reason = "" } of ASVS_ROWS) {
      if (state !== "documented") continue;
      const [page = "", anchor] = reason.split("#");
      expect(existsSync(new URL(page, HOME)), `${number}: ${page}`).to.equal(true);
      if (anchor !== undefined) expect(anchorsOf(page), number).to.include(anchor);
    }
  });

  it("are named by tests in numbers that there are", () => {
    const sections = new Set(ASVS_ROWS.map(({ number }) => number.replace(/\.\d+$/, "")));
    for (const { file, title, numbers } of namedTests()) {
      for (const number of numbers.filter((each) => !each.startsWith("164."))) {
        expect(sections, `${file}: ${title}`).to.include(number.replace(/\.\d+$/, ""));
      }
    }
  });

  it("are read from titles however they are written", () => {
    // Put in, so that these are not taken for tests of this file.
    const call = "it";
    const text = `const TITLE = "1.2.3 164.312(b)";
      ${call}("4.5.6 says \\"this\\"", () => {});
      ${call}(\`\${TITLE} of \${name({ a: 1 })}: all\`, () => {});
      ${call}("has no number", () => {});`;
    expect(testsOf("x", text)).to.deep.equal([
      { file: "x", title: 'says "this"', numbers: ["4.5.6"] },
      { file: "x", title: "of …: all", numbers: ["1.2.3", "164.312(b)"] },
    ]);
  });
});

describe("docs/threat-model.md", () => {
  it("says the limits of requests that the program has", () => {
    const page = read("docs/threat-model.md");
    for (const [name, perMinute] of Object.entries(LIMITS)) {
      expect(page, name).to.match(
        new RegExp(`^\\| \`${name}\` \\|[^|]*\\| ${perMinute} \\|$`, "m"),
      );
    }
  });

  it("names tests and files that exist", () => {
    const page = read("docs/threat-model.md");
    for (const [, path = ""] of page.matchAll(/`((?:src|test|docs|schemas)\/[\w./-]+)`/g)) {
      expect(existsSync(new URL(path, HOME)), path).to.equal(true);
    }
  });
});
