/**
 * The four delimiters of one interchange, each one character, as its ISA declares them, and the
 * line break behind each segment.
 */
export interface Delimiters {
  readonly element: string;
  readonly component: string;
  /** Undefined before 00402, where ISA11 is a standards identifier (`U`) and nothing repeats. */
  readonly repetition: string | undefined;
  readonly segment: string;
  /** What follows each segment terminator: nothing, LF or CR LF. */
  readonly lineBreak: "" | "\n" | "\r\n";
}

/** What Claimwright writes when a trading partner asks for nothing else. */
export const STANDARD_DELIMITERS: Delimiters = {
  element: "*",
  component: ":",
  repetition: "^",
  segment: "~",
  lineBreak: "\n",
};
