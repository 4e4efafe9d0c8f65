import type { Happening } from "../../app/events.ts";

/**
 * A finding as a line for people: how bad it is, its SNIP type, where it stands, what is wrong, what to do,
 * and in brackets its rule with the code of the 999 or TA1 that says the same.
 */
export function findingWords(finding: Happening): string {
  const { severity, snip, code, message, fix } = finding;
  const place = placeWords(finding);
  const head = [
    `${severity}`,
    ...(snip === undefined ? [] : [`SNIP ${snip}`]),
    ...(place === "" ? [] : [place]),
  ];
  const advice = fix === undefined ? "" : ` ${fix}`;
  return `${head.join(", ")}: ${message}${advice} [${[code, ...answerOf(finding)].join(", ")}]`;
}

/** `set 1, loop 2010AA, segment 8, NM109`; what is not known of it is left out. */
function placeWords(finding: Happening): string {
  const { interchange, set, loop, segment, position, element, component, repetition, pointer } =
    finding;
  const words: string[] = [];
  if (interchange !== undefined) words.push(`interchange ${interchange}`);
  if (set !== undefined) words.push(`set ${set}`);
  if (loop !== undefined) words.push(`loop ${loop}`);
  if (position !== undefined) words.push(`segment ${position}`);
  if (segment !== undefined) {
    const number = element === undefined ? "" : String(element).padStart(2, "0");
    words.push(`${segment}${number}${component === undefined ? "" : `-${component}`}`);
  }
  if (repetition !== undefined) words.push(`repetition ${repetition}`);
  if (pointer !== undefined) words.push(`${pointer}`);
  return words.join(", ");
}

function answerOf({ acknowledgement }: Happening): string[] {
  if (typeof acknowledgement !== "object" || acknowledgement === null) return [];
  const { in: where, code } = acknowledgement as Record<string, unknown>;
  return [`${where} ${code}`];
}
