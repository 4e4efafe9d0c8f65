/** What is wrong with the security segments of a group or set, by both of the elements that say it. */
interface SecurityFault {
  readonly code: string;
  /** AK905 where they stand in a functional group, IK502 where they stand in a set. */
  readonly inGroup: string;
  readonly inSet: string;
  readonly message: string;
}

const NOT_SUPPORTED: SecurityFault = {
  code: "security-not-supported",
  inGroup: "16",
  inSet: "17",
  message: "Security segments (X12.58) are not supported: nothing is decrypted or verified here.",
};

/** A header without its trailer. */
interface TrailerFault extends SecurityFault {
  /** Id of the trailer that has not come: `S3E`. */
  readonly lacks: string;
}

/** The assurances S3 and S4, whose header and trailer are told when one is without the other. */
const TRAILER_MISSING: Readonly<Record<string, TrailerFault>> = {
  S3S: {
    ...unpaired("security-trailer-missing", "23", "24", "S3S has no S3E"),
    lacks: "S3E",
  },
  S4S: {
    ...unpaired("security-trailer-missing", "25", "26", "S4S has no S4E"),
    lacks: "S4E",
  },
};
const HEADER_MISSING: Readonly<Record<string, SecurityFault>> = {
  S3E: unpaired("security-header-missing", "24", "25", "S3E has no S3S"),
  S4E: unpaired("security-header-missing", "26", "27", "S4E has no S4S"),
};

const IDS: ReadonlySet<string> = new Set(
  ["1", "2", "3", "4"].flatMap((level) => [`S${level}S`, `S${level}E`]),
);
const [DIGIT_1, DIGIT_4] = [49, 52];

/** Whether the id is one of the security segments of X12.58. */
export function isSecurity(id: string): boolean {
  // Every segment of a file is asked, and hardly any id has such a digit there.
  const level = id.charCodeAt(1);
  return level >= DIGIT_1 && level <= DIGIT_4 && IDS.has(id);
}

/** Follows the security segments of one group or set, header to trailer. */
export class SecurityTrail {
  /** Headers whose trailer has not come. */
  readonly #open: string[] = [];
  #told = false;

  /** Takes the id of the next security segment. */
  take(id: string): readonly SecurityFault[] {
    const faults = this.#told ? [] : [NOT_SUPPORTED];
    this.#told = true;
    if (id.endsWith("S")) this.#open.push(id);
    else {
      const header = this.#open.lastIndexOf(id.replace("E", "S"));
      if (header >= 0) this.#open.splice(header, 1);
      else faults.push(...faultOf(HEADER_MISSING, id));
    }
    return faults;
  }

  /** Says that the group or set has ended, and forgets what it held. */
  end(): readonly TrailerFault[] {
    const faults = this.#open.flatMap((id) => faultOf(TRAILER_MISSING, id));
    this.#open.length = 0;
    this.#told = false;
    return faults;
  }
}

function unpaired(code: string, inGroup: string, inSet: string, says: string): SecurityFault {
  return { code, inGroup, inSet, message: `${says}: header and trailer of security go together.` };
}

function faultOf<Fault>(faults: Readonly<Record<string, Fault>>, id: string): Fault[] {
  const fault = faults[id];
  return fault === undefined ? [] : [fault];
}
