import type { CodeSet, CodeSetName, Lookup } from "../codes/index.ts";
import { type Finding, keep, type Segment } from "../x12/index.ts";
import { CodeDays } from "./code-days.ts";
import { type CodeReference, codeAt, setOf } from "./code-reference.ts";
import type { Loop } from "./loop.ts";

/** Code sets to look codes up in; what is not held is checked by its form only. */
export type HeldCodeSets = Readonly<Partial<Record<CodeSetName, CodeSet>>>;

/** How the codes of a set are written, and what they are called. */
interface Form {
  readonly words: string;
  readonly pattern: RegExp;
  /** Whether the code must have been valid when the transaction was made, not on the day of service. */
  readonly byTransaction?: true;
}

const FORMS: Readonly<Record<string, Form>> = {
  "admission-type": { words: "type of admission", pattern: /^[0-9]$/ },
  carc: {
    words: "claim adjustment reason code",
    pattern: /^[A-Z]?[0-9]{1,3}$/,
    byTransaction: true,
  },
  cdt: { words: "dental procedure (CDT)", pattern: /^D[0-9]{4}$/ },
  "bill-frequency": { words: "claim frequency code", pattern: /^[0-9A-Z]$/ },
  "claim-frequency": { words: "claim frequency code", pattern: /^[0-9A-Z]$/, byTransaction: true },
  "claim-status": { words: "claim status code", pattern: /^[0-9]{1,4}$/, byTransaction: true },
  "claim-status-category": {
    words: "claim status category",
    pattern: /^[A-Z][0-9]{1,2}$/,
    byTransaction: true,
  },
  country: { words: "country code", pattern: /^[A-Z]{2,3}$/ },
  cpt: { words: "CPT code", pattern: /^[0-9]{4}[0-9A-Z]$/ },
  currency: { words: "currency code", pattern: /^[A-Z]{3}$/ },
  drg: { words: "diagnosis related group", pattern: /^[0-9]{3,4}$/ },
  hcpcs: { words: "HCPCS or CPT code", pattern: /^(?:[A-CE-Z][0-9]{4}|[0-9]{4}[0-9A-Z])$/ },
  icd10cm: { words: "ICD-10-CM code", pattern: /^[A-Z][0-9][0-9A-Z]{1,5}$/ },
  icd10pcs: { words: "ICD-10-PCS code", pattern: /^[0-9A-HJ-NP-Z]{7}$/ },
  modifier: { words: "modifier", pattern: /^[0-9A-Z]{2}$/ },
  ndc: { words: "national drug code", pattern: /^[0-9]{11}$/ },
  "nubc-condition": { words: "condition code", pattern: /^[0-9A-Z]{2}$/ },
  "nubc-occurrence": { words: "occurrence code", pattern: /^[0-9A-Z]{2}$/ },
  "nubc-occurrence-span": { words: "occurrence span code", pattern: /^[0-9A-Z]{2}$/ },
  "nubc-value": { words: "value code", pattern: /^[0-9A-Z]{2}$/ },
  "patient-status": { words: "patient status code", pattern: /^[0-9]{2}$/ },
  "point-of-origin": { words: "point of origin", pattern: /^[0-9A-Z]$/ },
  pos: { words: "place of service code", pattern: /^[0-9]{2}$/ },
  rarc: {
    words: "remittance advice remark code",
    pattern: /^(?:M|MA|N)[0-9]{1,3}$/,
    byTransaction: true,
  },
  revenue: { words: "revenue code", pattern: /^[0-9]{4}$/ },
  state: { words: "state or province", pattern: /^[A-Z]{2}$/ },
  // Codes of today end with X; those of early lists, which are long retired, with others.
  taxonomy: { words: "taxonomy code", pattern: /^[0-9A-Z]{10}$/ },
  tooth: { words: "tooth number", pattern: /^(?:[1-9]|[1-7][0-9]|8[0-2]|[A-T]S?)$/ },
  "type-of-bill": { words: "type of bill", pattern: /^[0-9]{2}$/ },
};

/** What a lookup says of a code that may not stand there. */
const VERDICTS: Readonly<
  Record<Exclude<Lookup["status"], "valid">, readonly [code: string, says: string]>
> = {
  unknown: ["code-unknown", "is not in the code set"],
  "not-billable": ["code-not-billable", "is a heading of the code set and may not be reported"],
  "not-yet-effective": ["code-not-yet-valid", "was not yet valid on that day"],
  expired: ["code-expired", "was no longer valid on that day"],
};

/** A segment whose codes wait until the dates around it are known. */
interface Waiting {
  readonly segment: Segment;
  readonly references: readonly CodeReference[];
  readonly loop: Loop;
}

/** Looks up the codes of external sets (SNIP 5) on the day of service or of the transaction. */
export class CodeCheck {
  readonly #sets: HeldCodeSets;
  #waiting: Waiting[] = [];
  readonly #days = new CodeDays();

  constructor(sets: HeldCodeSets) {
    this.#sets = sets;
  }

  /** Takes the next segment and the loop that it stands in. */
  take(segment: Segment, references: readonly CodeReference[], loop: Loop): void {
    this.#waiting.push({ segment, references, loop });
  }

  /** Tells of the codes that wait; their loops are complete. */
  settle(findings: Finding[]): void {
    for (const { segment, references, loop } of this.#waiting) {
      for (const reference of references) {
        const code = codeAt(segment, reference);
        if (code !== "") this.#check(segment, reference, loop, code, findings);
      }
    }
    this.#waiting = [];
    // What is read on may stand in the same loops.
    this.#days.forget();
  }

  #check(
    segment: Segment,
    reference: CodeReference,
    loop: Loop,
    code: string,
    findings: Finding[],
  ): void {
    const name = setOf(segment, reference, code);
    const form = name === undefined ? undefined : FORMS[name];
    if (name === undefined || form === undefined) return;
    // That a diagnosis is written with its point is told by another rule.
    const plain = name === "icd10cm" ? code.replace(".", "") : code;
    if (!form.pattern.test(plain)) {
      tell(findings, segment, reference, loop, [
        "code-malformed",
        `has not the form of a ${form.words}`,
      ]);
      return;
    }
    const set = this.#sets[name as CodeSetName];
    if (set === undefined) return;
    const { byTransaction = false } = form;
    const service = byTransaction ? undefined : this.#days.service(loop);
    const day = service ?? this.#days.transaction(loop);
    if (day === undefined) return;
    const { status, outsideReleases } = set.lookup(plain, day);
    if (status === "valid" || outsideReleases === true) return;
    // A small set says nothing of what it does not hold.
    if (status === "unknown" && !set.complete) return;
    const [rule, says] = VERDICTS[status];
    tell(findings, segment, reference, loop, [rule, `${says} (${form.words})`]);
  }
}

function tell(
  findings: Finding[],
  segment: Segment,
  { element, component, name }: CodeReference,
  loop: Loop,
  [code, says]: readonly [string, string],
): void {
  const place = `${segment.id}${String(element).padStart(2, "0")}`;
  keep(findings, {
    severity: "error",
    code,
    snip: 5,
    loop: loop.id,
    segment: segment.id,
    position: segment.position,
    element,
    ...(component > 0 ? { component } : {}),
    message: `${component > 0 ? `${place}-${component}` : place} (${name}) ${says}.`,
  });
}
