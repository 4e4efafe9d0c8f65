/** 835 files out of short texts. */
import { centsOf, dollarsOf, type Envelope, interchange } from "./edi-text.ts";

/** One claim payment: its CLP and what follows it, with what it pays and leaves to the patient. */
export interface PaymentText {
  readonly paidCents: number;
  readonly segments: readonly string[];
}

/** One remittance. BPR02 is the sum of its claims less its provider adjustments unless it is given. */
export interface RemittanceText {
  readonly trace: string;
  readonly payments?: readonly PaymentText[];
  /** `WO:REF1 10.00`: reason and reference, amount. */
  readonly adjustments?: readonly string[];
  readonly bpr?: string;
  readonly handling?: string;
  readonly method?: string;
  readonly payer?: readonly [id: string, name: string];
  readonly date?: string;
}

/**
 * `clp("A1 1 100.00 80.00 ICN1", "99213 100.00 80.00 CO-45 10.00 PR-1 10.00")`: claim number, status,
 * charge, paid, payer's number; adjustments may follow, and lines may end a code with `#` and a line number.
 */
export function clp(head: string, ...lines: readonly string[]): PaymentText {
  const [number = "", status = "", charge = "", paid = "", icn = "", ...rest] = head.split(" ");
  const own = adjustments(rest);
  const services = lines.map((line) => {
    const [code = "", lineCharge = "", linePaid = "", ...more] = line.split(" ");
    const [procedure = "", lineNumber] = code.split("#");
    const cas = adjustments(more);
    return {
      cas,
      segments: [
        `SVC*HC:${procedure}*${amount(lineCharge)}*${amount(linePaid)}`,
        "DTM*472*20260302",
        ...cas.map(({ text }) => text),
        ...(lineNumber === undefined ? [] : [`REF*6R*${lineNumber}`]),
      ],
    };
  });
  const all = [...own, ...services.flatMap(({ cas }) => cas)];
  const patient = all.reduce((sum, { group, cents }) => sum + (group === "PR" ? cents : 0), 0);
  const share = status === "22" ? "" : dollarsOf(patient);
  return {
    paidCents: centsOf(paid),
    segments: [
      `CLP*${number}*${status}*${amount(charge)}*${amount(paid)}*${share}*12*${icn}*11*1`,
      ...own.map(({ text }) => text),
      "NM1*QC*1*AMPLE*ANN",
      ...services.flatMap(({ segments }) => segments),
    ],
  };
}

/** The reversal of a claim payment: status 22 and every amount with the other sign. */
export function reversalOf(head: string, ...lines: readonly string[]): PaymentText {
  const [number = "", , ...rest] = head.split(" ");
  const negated = (text: string) =>
    text.replace(/(^| )(-?)(\d+\.\d\d)/g, (_all, space, sign, digits) =>
      Number(digits) === 0 ? `${space}${digits}` : `${space}${sign === "-" ? "" : "-"}${digits}`,
    );
  return clp(`${number} 22 ${negated(rest.join(" "))}`, ...lines.map(negated));
}

function amount(dollars: string): string {
  return dollarsOf(centsOf(dollars));
}

function adjustments(words: readonly string[]) {
  const found: { group: string; cents: number; text: string }[] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [group = "", reason = ""] = (words[at] ?? "").split("-");
    const cents = centsOf(words[at + 1] ?? "");
    found.push({ group, cents, text: `CAS*${group}*${reason}*${dollarsOf(cents)}` });
  }
  return found;
}

/** An 835 file of these remittances. */
export function remittanceFile(
  remittances: readonly RemittanceText[],
  envelope: Envelope = {},
): string {
  return interchange("835", remittances.map(remittanceSet), envelope);
}

/** The segments of one 835 set, without ST and SE. */
export function remittanceSet(one: RemittanceText): string[] {
  const { trace, payments = [], adjustments: plb = [] } = one;
  const claims = payments.reduce((sum, { paidCents }) => sum + paidCents, 0);
  const provider = plb.reduce((sum, text) => sum + centsOf(text.split(" ")[1] ?? ""), 0);
  const [id, name] = one.payer ?? ["GRANITE", "GRANITE HEALTH"];
  const { handling = "I", method = "ACH", bpr = dollarsOf(claims - provider) } = one;
  return [
    `BPR*${handling}*${bpr}*C*${method}************${one.date ?? "20260315"}`,
    `TRN*1*${trace}*1${id}`,
    "DTM*405*20260314",
    `N1*PR*${name}*XV*${id}`,
    "N3*9 GRANITE WAY",
    "N4*BOSTON*MA*02101",
    "PER*BL*HELP*TE*5550199",
    "N1*PE*ELM CLINIC*XX*1234567893",
    ...(payments.length === 0 ? [] : ["LX*1"]),
    ...payments.flatMap(({ segments }) => segments),
    ...plb.map((text) => {
      const [code = "", cents = ""] = text.split(" ");
      return `PLB*1234567893*20261231*${code}*${amount(cents)}`;
    }),
  ];
}
