/**
 * How bad a finding is: an error stops what it concerns, a warning does not, a repair was made and
 * is told.
 */
export type Severity = "error" | "warning" | "repair" | "information";

/**
 * WEDI SNIP validation types: 1 syntax, 2 guide, 3 balancing, 4 situational, 5 code sets, 6
 * service line, 7 payer.
 */
export type SnipType = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * The codes that answer a finding in a TA1 or 999: the segment that carries the code and the code
 * itself.
 */
export interface AcknowledgementCode {
  readonly in: "TA105" | "AK905" | "IK304" | "IK403" | "IK502";
  readonly code: string;
}

/**
 * Bad data as a value; never thrown. It names the place and never the value that stands there,
 * because that value may be a patient's.
 */
export interface Finding {
  readonly severity: Severity;
  /** Our own stable name of the rule, kebab-case: `segment-count-mismatch`. */
  readonly code: string;
  readonly snip?: SnipType;
  readonly acknowledgement?: AcknowledgementCode;
  /** Loop id of the guide: `2010BA`. */
  readonly loop?: string;
  /** Segment id: `NM1`. */
  readonly segment?: string;
  /**
   * Position of the segment in its transaction set, ST = 1; in the interchange where there is no
   * set.
   */
  readonly position?: number;
  /** Element number, 1-based: NM109 is 9. */
  readonly element?: number;
  /** Component number, 1-based. */
  readonly component?: number;
  /** Repetition number, 1-based. */
  readonly repetition?: number;
  /** JSON pointer into an encounter: `/claimInformation/serviceLines/0/serviceDate`. */
  readonly pointer?: string;
  /** What is wrong, in one plain sentence, without any value of the data. */
  readonly message: string;
  /** What to do about it, in one plain sentence. */
  readonly fix?: string;
}
