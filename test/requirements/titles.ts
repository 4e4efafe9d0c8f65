/** Which test says by its title which requirement it shows: read from the sources of the tests, without running them. */
import { readdirSync, readFileSync } from "node:fs";

const HOME = new URL("../../", import.meta.url);

/** A test that names requirements: numbers of OWASP ASVS 5.0, and paragraphs of 45 CFR. */
export interface NamedTest {
  readonly file: string;
  /** As people read it: without the numbers, and with `…` where a value is put in. */
  readonly title: string;
  readonly numbers: readonly string[];
}

const TEST = /^\s*it\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/gm;
const NUMBER = /^(\d{1,2}\.\d{1,2}\.\d{1,2}|164\.\d{3}(?:\([A-Za-z0-9]+\))+)\s+/;

/** Every test that names a requirement, by file and in the order of the file. */
export function namedTests(): readonly NamedTest[] {
  const files = readdirSync(new URL("test/", HOME), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .sort();
  return files.flatMap((name) => testsOf(`test/${name}`, read(`test/${name}`)));
}

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(new URL(path, HOME), "utf8");
}

/** The tests of one file that name requirements. */
export function testsOf(file: string, text: string): readonly NamedTest[] {
  return [...text.matchAll(TEST)].flatMap(([, double, single, template]) => {
    const written = double ?? single ?? withConstants(template ?? "", text);
    const numbers: string[] = [];
    let title = written;
    for (let found = NUMBER.exec(title); found !== null; found = NUMBER.exec(title)) {
      numbers.push(found[1] ?? "");
      title = title.slice(found[0].length);
    }
    const plain = title.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, "…").replaceAll(/\\(.)/g, "$1");
    return numbers.length === 0 ? [] : [{ file, title: plain, numbers }];
  });
}

/** The template with the constants of its file put in. */
function withConstants(template: string, text: string): string {
  return template.replaceAll(/\$\{([A-Z_]+)\}/g, (whole, name: string) => {
    const [, value] = new RegExp(`^const ${name} = "([^"]*)";`, "m").exec(text) ?? [];
    return value ?? whole;
  });
}
