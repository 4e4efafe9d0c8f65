/** Codes and what each of them means, in plain words of our own. */
export type Meanings = Readonly<Record<string, string>>;

/** A table of meanings written one a line: the code, a blank, the words. */
export function meanings(lines: string): Meanings {
  const table: Record<string, string> = {};
  for (const line of lines.trim().split("\n")) {
    const text = line.trim();
    const gap = text.indexOf(" ");
    table[text.slice(0, gap)] = text.slice(gap + 1);
  }
  return table;
}
