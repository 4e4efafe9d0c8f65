/**
 * A second, simple reader of 835 text that knows nothing of the engine: it splits, adds and
 * compares.
 */

/** One CAS triple. */
interface CheckedAdjustment {
  readonly group: string;
  readonly reason: string;
  readonly cents: number;
}

/** One SVC. */
interface CheckedLine {
  readonly segment: readonly string[];
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: CheckedAdjustment[];
  controlNumber: string;
}

/** One CLP. */
export interface CheckedClaim {
  readonly segment: readonly string[];
  readonly number: string;
  readonly status: string;
  readonly payerNumber: string;
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: CheckedAdjustment[];
  readonly lines: CheckedLine[];
  /** All segments of the claim, CLP first. */
  readonly segments: (readonly string[])[];
}

/** One ST. */
export interface CheckedRemittance {
  readonly header: (readonly string[])[];
  readonly payment: number;
  readonly method: string;
  readonly date: string;
  readonly trace: string;
  readonly payer: string;
  readonly claims: CheckedClaim[];
  readonly plb: { readonly code: string; readonly reference: string; readonly cents: number }[];
}

/** "-12.5" as −1250; throws when it is no amount. */
export function centsOf(text: string): number {
  const match = /^(-?)(\d*)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new Error(`no amount: ${text}`);
  const size = Number(match[2] || "0") * 100 + Number((match[3] ?? "").padEnd(2, "0"));
  return match[1] === "-" && size !== 0 ? -size : size;
}

/** The segments of a file with the delimiters `*` and `~`. */
export function segmentsOf(text: string): string[][] {
  return text
    .split("~")
    .map((segment) => segment.trim())
    .filter((segment) => segment !== "")
    .map((segment) => segment.split("*"));
}

/** The transaction sets of an 835 file. */
export function remittancesOf(text: string): CheckedRemittance[] {
  const remittances: CheckedRemittance[] = [];
  let header: (readonly string[])[] = [];
  let open: CheckedRemittance | undefined;
  for (const segment of segmentsOf(text)) {
    const [id = ""] = segment;
    if (id === "ST") header = [];
    header.push(segment);
    if (id === "LX") {
      open = openRemittance(header);
      remittances.push(open);
    } else if (open !== undefined) takeSegment(open, segment);
    if (id === "SE") open = undefined;
  }
  return remittances;
}

function openRemittance(header: (readonly string[])[]): CheckedRemittance {
  const find = (id: string) => header.find((segment) => segment[0] === id) ?? [];
  const bpr = find("BPR");
  return {
    header,
    payment: centsOf(bpr[2] ?? ""),
    method: bpr[4] ?? "",
    date: bpr[16] ?? "",
    trace: find("TRN")[2] ?? "",
    payer: find("N1")[4] ?? "",
    claims: [],
    plb: [],
  };
}

function takeSegment(remittance: CheckedRemittance, segment: readonly string[]): void {
  const [id, first = ""] = segment;
  if (id === "CLP") {
    remittance.claims.push({
      segment,
      number: first,
      status: segment[2] ?? "",
      charge: centsOf(segment[3] ?? ""),
      paid: centsOf(segment[4] ?? ""),
      payerNumber: segment[7] ?? "",
      adjustments: [],
      lines: [],
      segments: [segment],
    });
    return;
  }
  if (id === "PLB") {
    for (let at = 3; at < segment.length; at += 2) {
      const [code = "", reference = ""] = (segment[at] ?? "").split(":");
      remittance.plb.push({ code, reference, cents: centsOf(segment[at + 1] ?? "") });
    }
    return;
  }
  const claim = remittance.claims.at(-1);
  if (claim === undefined) return;
  claim.segments.push(segment);
  const line = claim.lines.at(-1);
  if (id === "SVC") {
    const [charge, paid] = [centsOf(segment[2] ?? ""), centsOf(segment[3] ?? "")];
    claim.lines.push({ segment, charge, paid, adjustments: [], controlNumber: "" });
  } else if (id === "CAS") {
    for (let at = 2; at < segment.length; at += 3) {
      const cents = centsOf(segment[at + 1] ?? "");
      const adjustment = { group: first, reason: segment[at] ?? "", cents };
      (line ?? claim).adjustments.push(adjustment);
    }
  } else if (id === "REF" && first === "6R" && line !== undefined) {
    line.controlNumber = segment[2] ?? "";
  }
}

const total = (items: readonly { readonly cents: number }[]) =>
  items.reduce((sum, { cents }) => sum + cents, 0);

/** Every equation of a remittance that does not hold: its place and by how much. */
export function imbalancesOf(remittance: CheckedRemittance): string[] {
  const wrong: string[] = [];
  const note = (place: string, residual: number) => {
    if (residual !== 0) wrong.push(`${place} ${residual}`);
  };
  for (const claim of remittance.claims) {
    for (const [index, line] of claim.lines.entries()) {
      note(`SVC[${index + 1}]`, line.charge - total(line.adjustments) - line.paid);
    }
    const lineAdjustments = claim.lines.flatMap(({ adjustments }) => adjustments);
    note("CLP", claim.charge - total(claim.adjustments) - total(lineAdjustments) - claim.paid);
    if (claim.lines.length > 0) {
      note("CLP03", claim.lines.reduce((sum, { charge }) => sum + charge, 0) - claim.charge);
    }
  }
  const paid = remittance.claims.reduce((sum, claim) => sum + claim.paid, 0);
  note("BPR02", remittance.payment - (paid - total(remittance.plb)));
  return wrong;
}
