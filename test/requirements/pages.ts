/** The two generated pages: what 45 CFR 164.312 and 164.316 and OWASP ASVS ask, and the tests that show it. */
import { ASVS_ROWS, type AsvsRow, CHAPTERS } from "./asvs-rows.ts";
import { HIPAA_ROWS } from "./hipaa-rows.ts";
import { type NamedTest, namedTests } from "./titles.ts";

const GENERATED =
  "Generated from the titles of the tests; `npm run requirements` renews it, and a test fails when it is stale.";

/** How many requirements of a level are shown how. */
export interface Share {
  readonly tested: number;
  readonly documented: number;
  readonly notApplicable: number;
  readonly open: number;
  readonly total: number;
}

type Standing = keyof Omit<Share, "total">;

/** The tests of every requirement. */
export function testsByNumber(
  tests: readonly NamedTest[] = namedTests(),
): ReadonlyMap<string, readonly NamedTest[]> {
  const found = new Map<string, NamedTest[]>();
  for (const test of tests) {
    for (const number of test.numbers) found.set(number, [...(found.get(number) ?? []), test]);
  }
  return found;
}

function standingOf({ number, state }: AsvsRow, tests: Tests): Standing {
  if (tests.has(number)) return "tested";
  return state ?? "open";
}

type Tests = ReturnType<typeof testsByNumber>;

/** The share of the requirements of a level, or of both. */
export function shareOf(tests: Tests, level?: 1 | 2): Share {
  const share = { tested: 0, documented: 0, notApplicable: 0, open: 0, total: 0 };
  for (const row of ASVS_ROWS) {
    if (level !== undefined && row.level !== level) continue;
    share[standingOf(row, tests)] += 1;
    share.total += 1;
  }
  return share;
}

/** What a share comes to, in a sentence. */
export function shareWords({ tested, documented, notApplicable, open, total }: Share): string {
  const applicable = total - notApplicable;
  const percent = Math.round((tested / applicable) * 1000) / 10;
  return `${tested} of ${applicable} applicable requirements tested (${percent} %), ${documented} documented, ${open} open; ${notApplicable} of ${total} do not apply`;
}

/** The text of docs/hipaa.md. */
export function hipaaPage(tests: Tests = testsByNumber()): string {
  const rows = HIPAA_ROWS.map(({ paragraph, words, how, places }) =>
    row(
      `**${paragraph}** ${words}`,
      `${how}. ${places.map((place) => `\`${place}\``).join(", ")}`,
      evidence(tests.get(paragraph)),
    ),
  );
  return `# The Security Rule, paragraph by paragraph

45 CFR 164.312 (technical safeguards) and 164.316 (policies, procedures, documentation), in our own words, with the tests that
show each. ${GENERATED}
Addressable safeguards are built as if they were required. What the organization must do itself is said so: no program can
do it for anybody, and this page is no legal advice.

${row("Paragraph", "What is done, and where", "Shown by")}
|---|---|---|
${rows.join("\n")}
`;
}

/** The text of docs/asvs.md. */
export function asvsPage(tests: Tests = testsByNumber()): string {
  const chapters = Object.entries(CHAPTERS).map(([chapter, name]) => {
    const rows = ASVS_ROWS.filter(({ number }) => number.split(".")[0] === chapter).map((each) =>
      row(each.number, String(each.level), each.words, shown(each, tests)),
    );
    return `## ${chapter}. ${name}

${row("Requirement", "Level", "In short", "Shown by")}
|---|---|---|---|
${rows.join("\n")}
`;
  });
  return `# OWASP ASVS 5.0.0, levels 1 and 2

All ${ASVS_ROWS.length} requirements of both levels by number, each with the tests that show it, or the page that documents it, or why it does
not apply, or that it is open. ${GENERATED}
The words are a paraphrase of the OWASP Application Security Verification Standard 5.0.0 (https://github.com/OWASP/ASVS), © OWASP
Foundation, CC BY-SA 4.0; the table of this page is under the same licence. The standard's own text is what counts.

- Levels 1 and 2: ${shareWords(shareOf(tests))}.
- Level 1: ${shareWords(shareOf(tests, 1))}.
- Level 2: ${shareWords(shareOf(tests, 2))}.

${chapters.join("\n")}`;
}

function shown(each: AsvsRow, tests: Tests): string {
  const standing = standingOf(each, tests);
  if (standing === "tested") return evidence(tests.get(each.number));
  if (standing === "documented") return `Documented: [${each.reason}](../${each.reason})`;
  return `${standing === "open" ? "**Open**" : "Does not apply"}: ${each.reason}`;
}

/** The tests by their files; beyond three, the rest is counted. */
function evidence(tests: readonly NamedTest[] = []): string {
  if (tests.length === 0) return "**No test**";
  const named = tests.slice(0, 3).map(({ file, title }) => `${title.trim()} (\`${file}\`)`);
  const more = tests.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join("<br>");
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
