/** Small files of X12: segments as they are written, and the envelope around them. */

/** What may be wrong or unusual with an envelope. */
export interface Envelope {
  readonly control?: string;
  readonly sender?: string;
  readonly receiver?: string;
  /** Element, component and terminator; the usual ones by default. */
  readonly delimiters?: readonly [string, string, string];
  /** Damage to the trailers, in the order of the file's segments. */
  readonly damage?: (segments: string[]) => string[];
}

/** Segments of sets (without ST and SE), each set apart, in one interchange and one group. */
export function interchange(
  kind: "837" | "835" | "999" | "997" | "277",
  sets: readonly (readonly string[])[],
  envelope: Envelope = {},
): string {
  const { control = "000000001", sender = "SENDER", receiver = "RECEIVER" } = envelope;
  const [functional, version] = GROUPS[kind];
  const group = String(Number(control));
  const isa =
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*${receiver.padEnd(15)}` +
    `*260320*1200*^*00501*${control}*0*P*:`;
  const segments = [
    isa,
    `GS*${functional}*${sender}*${receiver}*20260320*1200*${group}*X*${version}`,
    ...sets.flatMap((set, index) => {
      const number = String(index + 1).padStart(4, "0");
      const begin = `ST*${kind}*${number}${kind === "835" || kind === "997" ? "" : `*${version}`}`;
      return [begin, ...set, `SE*${set.length + 2}*${number}`];
    }),
    `GE*${sets.length}*${group}`,
    `IEA*1*${control}`,
  ];
  return written(envelope.damage?.(segments) ?? segments, envelope.delimiters);
}

const GROUPS = {
  "837": ["HC", "005010X222A1"],
  "835": ["HP", "005010X221A1"],
  "999": ["FA", "005010X231A1"],
  "997": ["FA", "004010"],
  "277": ["HN", "005010X214"],
} as const;

function written(
  segments: readonly string[],
  [element, component, terminator]: readonly [string, string, string] = ["*", ":", "~"],
): string {
  return segments
    .map((segment) => {
      const text = segment.replaceAll("*", "\u0001").replaceAll(":", "\u0002");
      return text.replaceAll("\u0001", element).replaceAll("\u0002", component) + terminator;
    })
    .join("\n");
}

/** A damage: the first segment that begins so is changed, or left out. */
export function change(begin: string, to?: string): (segments: string[]) => string[] {
  return (segments) => {
    const at = segments.findIndex((segment) => segment.startsWith(begin));
    return segments.flatMap((segment, index) => (index === at ? (to ?? []) : [segment]));
  };
}

/** A damage: the file ends before the n-th segment (from 1) that begins so. */
export function cutBefore(begin: string, nth: number): (segments: string[]) => string[] {
  return (segments) => {
    let met = 0;
    const at = segments.findIndex((segment) => {
      if (segment.startsWith(begin)) met += 1;
      return met === nth;
    });
    return segments.slice(0, at);
  };
}

/** Dollars and cents as whole cents. */
export function centsOf(dollars: string): number {
  return Math.round(Number(dollars) * 100);
}

/** Whole cents as X12 writes an amount. */
export function dollarsOf(cents: number): string {
  return (cents / 100).toFixed(2).replace(/\.?0+$/, "");
}
