import type { Delimiters } from "./delimiters.ts";
import type { Finding } from "./finding.ts";

/** Widths of ISA01–ISA16, which the standard fixes (X12.5, interchange control header). */
export const ISA_WIDTHS: readonly number[] = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1];

/** An ISA longer than this is none: the standard's has 106 characters. */
const ISA_LENGTH_MAX = 1024;

const ISA_SEPARATORS = 16;
const FIRST_VERSION_WITH_REPETITION = "00402";

/** What stands at an ISA: a header, a refusal, or not yet enough text to tell. */
export type HeaderReading =
  | {
      readonly kind: "header";
      /** The header without line breaks and terminator. */
      readonly text: string;
      readonly delimiters: Delimiters;
      /** Where the text after the terminator begins. */
      readonly next: number;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: "refusal"; readonly finding: Finding }
  | { readonly kind: "incomplete" };

/**
 * Reads the ISA at `start` and the delimiters it declares; `ended` says that no more text will
 * come.
 */
export function readInterchangeHeader(text: string, start: number, ended: boolean): HeaderReading {
  const separator = text[start + 3] ?? "";
  const separators: number[] = [];
  let at = start + 3;
  for (; at < text.length && separators.length < ISA_SEPARATORS; at += 1) {
    if (text[at] === separator) separators.push(at);
    if (at - start > ISA_LENGTH_MAX) return refusal("interchange-header-malformed", TOO_LONG);
  }
  // The component separator, the terminator and two characters more, which may be its line break.
  if (!ended && at + 4 > text.length) return { kind: "incomplete" };
  if (separators.length < ISA_SEPARATORS || at + 1 >= text.length) {
    return refusal("interchange-header-incomplete", "The file ends inside the ISA segment.", "023");
  }
  const header = text.slice(start, at + 1).replace(/[\r\n]/g, "");
  const elements = header.split(separator);
  const delimiters = declaredDelimiters(elements, separator, text, at + 1);
  const collision = collisionOf(delimiters);
  if (collision !== undefined) return { kind: "refusal", finding: collision };
  const findings = widthFindings(elements);
  if (delimiters.repetition === undefined && elements[11] === delimiters.component) {
    findings.push({
      severity: "warning",
      code: "repetition-separator-collides",
      snip: 1,
      acknowledgement: { in: "TA105", code: "026" },
      segment: "ISA",
      position: 1,
      element: 11,
      message: "ISA11 and ISA16 are the same character; it is read as the component separator.",
    });
  }
  return { kind: "header", text: header, delimiters, next: at + 2, findings };
}

const TOO_LONG =
  "Sixteen element separators were expected within the ISA segment; they are not there.";

function declaredDelimiters(
  elements: readonly string[],
  element: string,
  text: string,
  terminatorAt: number,
): Delimiters {
  const repetition = elements[11] ?? "";
  const component = text[terminatorAt - 1] ?? "";
  const version = elements[12] ?? "";
  const repeats =
    version >= FIRST_VERSION_WITH_REPETITION &&
    /^[^A-Za-z0-9 ]$/.test(repetition) &&
    repetition !== component;
  const after = text.slice(terminatorAt + 1, terminatorAt + 3);
  return {
    element,
    component,
    repetition: repeats ? repetition : undefined,
    segment: text[terminatorAt] ?? "",
    lineBreak: after.startsWith("\r\n") ? "\r\n" : after.startsWith("\n") ? "\n" : "",
  };
}

function collisionOf(delimiters: Delimiters): Finding | undefined {
  const { element, component, repetition, segment } = delimiters;
  if (/[A-Za-z0-9]/.test(component) || /[A-Za-z0-9]/.test(segment)) {
    return header(
      "delimiter-alphanumeric",
      "A letter or digit stands where ISA16 or the segment terminator is expected; the ISA has " +
        "too few elements.",
      "022",
    );
  }
  if (element === component || repetition === element) {
    return header("delimiters-collide", "Two separators of the ISA are the same character.", "027");
  }
  if (segment === element || segment === component || segment === repetition) {
    return header(
      "delimiters-collide",
      "The segment terminator of the ISA is also one of its separators.",
      "004",
    );
  }
  return undefined;
}

function widthFindings(elements: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  ISA_WIDTHS.forEach((width, index) => {
    const length = elements[index + 1]?.length ?? 0;
    if (length === width) return;
    const name = `ISA${String(index + 1).padStart(2, "0")}`;
    findings.push({
      severity: "warning",
      code: "interchange-header-width",
      snip: 1,
      segment: "ISA",
      position: 1,
      element: index + 1,
      message: `${name} has ${length} characters; the standard fixes ${width}.`,
    });
  });
  return findings;
}

/**
 * The ISA at `start` as far as its elements have the widths that the standard fixes, so that a
 * header that is refused can be answered and what follows a short one is not taken for a name.
 */
export function trustedHeader(text: string, start: number): string {
  const separator = text[start + 3] ?? "";
  let end = start + 3;
  for (const width of ISA_WIDTHS) {
    const next = end + 1 + width;
    if (next > text.length || text[end] !== separator) break;
    if (text.slice(end + 1, next).includes(separator)) break;
    end = next;
  }
  return text.slice(start, end);
}

function refusal(code: string, message: string, ta1 = "022"): HeaderReading {
  return { kind: "refusal", finding: header(code, message, ta1) };
}

function header(code: string, message: string, ta1: string): Finding {
  return {
    severity: "error",
    code,
    snip: 1,
    acknowledgement: { in: "TA105", code: ta1 },
    segment: "ISA",
    position: 1,
    message,
  };
}
