/** node-x12, a parser that we did not write, as a judge: it reads the segments that we wrote. */
import { X12Parser, type X12Segment } from "node-x12";

/**
 * The first difference between the segments of a file as node-x12 reads them, from ISA to IEA, and
 * as they stand in the text; undefined when there is none.
 */
export function differenceOf(text: string): string | undefined {
  const interchange = readStrictly(text);
  if (typeof interchange === "string") return interchange;
  const { header, functionalGroups, trailer } = interchange;
  const sets = functionalGroups.flatMap((group) => [
    group.header,
    ...group.transactions.flatMap((set) => [set.header, ...set.segments, set.trailer]),
    group.trailer,
  ]);
  const theirs = [header, ...sets, trailer].map(plainSegment);
  const ours = text.split("~").map((segment) => withoutZeros(segment.trimStart()));
  // What follows the last terminator is no segment.
  ours.pop();
  const at = ours.findIndex((segment, index) => segment !== theirs[index]);
  if (at >= 0) return `segment ${at + 1} is read as ${theirs[at] ?? "nothing"}`;
  return theirs.length === ours.length ? undefined : `it reads ${theirs.length} segments`;
}

/** The interchange, or why it refuses the text. */
function readStrictly(text: string) {
  try {
    const interchange = new X12Parser(true).parse(text);
    return "functionalGroups" in interchange ? interchange : "it reads no interchange";
  } catch (error) {
    return `it refuses the file: ${String(error)}`;
  }
}

/** It reads ISA13 and IEA02 as numbers, without the zeros that stand before them. */
function withoutZeros(segment: string): string {
  return segment.replace(/^(ISA(?:\*[^*]*){12}\*|IEA\*\d+\*)0+(?=\d)/, "$1");
}

function plainSegment(segment: X12Segment): string {
  return [segment.tag, ...segment.elements.map((element) => element.value)].join("*");
}
