/** Where a JSON text stops being JSON. */
export interface JsonError {
  /** Characters before the error. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

const SPACE = new Set([" ", "\t", "\n", "\r"]);
const ESCAPES = new Set(['"', "\\", "/", "b", "f", "n", "r", "t"]);
const WORDS = ["true", "false", "null"] as const;
const NUMBER = /-?(?:0|[1-9][0-9]{0,400})(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,5})?/y;

/**
 * The place of the first error of a text that JSON.parse refused. The engine's own message cannot
 * be shown, because it quotes the text, which may be a patient's data (RFC 8259 for the grammar).
 */
export function locateJsonError(text: string): JsonError {
  const offset = firstError(text);
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { offset, line, column: offset - before.lastIndexOf("\n") };
}

type Expecting = "value" | "value or ]" | "key" | "key or }" | ", or end";

/** Walks the grammar without recursion, so that deep nesting cannot exhaust the stack. */
function firstError(text: string): number {
  const closers: string[] = [];
  let expecting: Expecting = "value";
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const character = text.charAt(at);
    if (expecting === ", or end") {
      const closer = closers.at(-1);
      if (closer === undefined) return at;
      if (character === ",") expecting = closer === "}" ? "key" : "value";
      else if (character === closer) closers.pop();
      else return at;
      at = skipSpace(text, at + 1);
      continue;
    }
    if (character === closers.at(-1) && expecting.endsWith(`or ${character}`)) {
      closers.pop();
      expecting = ", or end";
      at = skipSpace(text, at + 1);
      continue;
    }
    if (expecting.startsWith("key")) {
      const colon = character === '"' ? skipSpace(text, endOfString(text, at)) : -1;
      if (colon < 0 || text.charAt(colon) !== ":") return colon < 0 ? at : colon;
      expecting = "value";
      at = skipSpace(text, colon + 1);
      continue;
    }
    if (character === "{" || character === "[") {
      closers.push(character === "{" ? "}" : "]");
      expecting = character === "{" ? "key or }" : "value or ]";
      at = skipSpace(text, at + 1);
      continue;
    }
    const end = endOfScalar(text, at);
    if (end === at) return at;
    expecting = ", or end";
    at = skipSpace(text, end);
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.has(text.charAt(at))) at += 1;
  return at;
}

/** Behind a string, number or word; `at` itself when none stands there. */
function endOfScalar(text: string, at: number): number {
  if (text.charAt(at) === '"') return endOfString(text, at);
  const word = WORDS.find((candidate) => text.startsWith(candidate, at));
  if (word !== undefined) return at + word.length;
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : at;
}

/** Behind the closing quote, or at the character that spoils the string. */
function endOfString(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') return index + 1;
    if (character < " ") return index;
    if (character !== "\\") continue;
    const escaped = text.charAt(index + 1);
    if (escaped === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(index + 2, index + 6))) index += 5;
    else if (ESCAPES.has(escaped)) index += 1;
    else return index;
  }
  return text.length;
}
