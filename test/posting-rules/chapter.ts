/** Chapters of posting rules: pages of rules, each with its examples, read from and written to text. */

/** One remittance file or claim file of an example, and what the books say after it. */
export interface Step {
  readonly edi: string;
  /** Line numbers of the `books` block in its page: the fences stay, what is between is replaced. */
  readonly place: readonly [from: number, to: number];
  readonly books: string;
}

/** An example of a rule: files in the order in which they arrive. */
export interface Example {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** One rule. */
export interface Rule {
  readonly id: string;
  readonly words: string;
  readonly source: string;
  /** `function` in `path`, where the code decides it. */
  readonly decided: readonly { readonly name: string; readonly path: string }[];
  readonly examples: readonly Example[];
}

/** One page. */
export interface Chapter {
  readonly title: string;
  readonly lines: readonly string[];
  readonly rules: readonly Rule[];
}

type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Reads a page; what is neither heading, list item nor fenced block is for people only. */
export function readChapter(text: string): Chapter {
  const lines = text.split("\n");
  const rules: Draft<Rule>[] = [];
  let title = "";
  let edi: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const rule = rules.at(-1);
    const heading = /^(#+) (.+)$/.exec(line);
    if (heading !== null) {
      const [, marks = "", words = ""] = heading;
      if (marks === "#") title = words;
      else if (marks === "##") rules.push(newRule(words));
      else rule?.examples.push({ title: words, steps: [] });
    } else if (line.startsWith("- Source: ")) {
      if (rule !== undefined) rule.source = line.slice("- Source: ".length);
    } else if (line.startsWith("- Decided by: ")) {
      rule?.decided.push(...decidersOf(line));
    } else if (line.startsWith("```")) {
      const end = lines.indexOf("```", at + 1);
      if (end < 0) throw new Error(`a block of ${title} is not closed`);
      const block = lines.slice(at + 1, end).join("\n");
      if (line === "```edi") edi = block;
      else if (line === "```books" && edi !== undefined) {
        (rule?.examples.at(-1)?.steps as Step[] | undefined)?.push({
          edi,
          place: [at + 1, end],
          books: block,
        });
        edi = undefined;
      } else throw new Error(`a block of ${title} stands where none is expected: ${line}`);
      at = end;
    }
  }
  return { title, lines, rules };
}

/** `L4: what it says`. */
function newRule(heading: string): Draft<Rule> {
  const [, id = "", words = ""] = /^(\S+): (.+)$/.exec(heading) ?? [];
  return { id, words, source: "", decided: [], examples: [] };
}

/** `` `allot` in src/billing/remits/line-amounts.ts, … ``. */
function decidersOf(line: string): { name: string; path: string }[] {
  return [...line.matchAll(/`(\w+)` in (src\/[\w./-]+\.ts)/g)].map(([, name = "", path = ""]) => ({
    name,
    path,
  }));
}

/** The page with other books: what they say now, by step. */
export function writeChapter(chapter: Chapter, said: ReadonlyMap<Step, string>): string {
  const lines = [...chapter.lines];
  const steps = chapter.rules.flatMap(({ examples }) => examples.flatMap((each) => each.steps));
  for (const step of steps.reverse()) {
    const [from, to] = step.place;
    const books = said.get(step) ?? step.books;
    lines.splice(from, to - from, ...(books === "" ? [] : books.split("\n")));
  }
  return lines.join("\n");
}
