import type { Loop, TransactionSet } from "../../edi/guides/index.ts";
import type { Finding, Segment } from "../../edi/x12/index.ts";
import { isoDate } from "../intake/index.ts";
import { type Cents, parseAmount } from "../money/index.ts";
import type { Claim, ClaimLine, ClaimPatient, ClaimPayer, PayerSequence } from "./claim.ts";
import { readDentalFacts, readDentalPlace } from "./read-dental.ts";
import { readDiagnoses, readInstitutionalFacts } from "./read-institutional.ts";
import { type Note, type Period, readPeriod } from "./read-period.ts";

/**
 * A claim as read from an 837; undefined when it cannot be registered, and the findings say why.
 */
export interface ReadClaim {
  readonly claim: Claim | undefined;
  readonly findings: readonly Finding[];
}

const KINDS: Readonly<Record<string, Claim["kind"]>> = {
  "837P": "professional",
  "837I": "institutional",
  "837D": "dental",
};

/** The segment that says what was done and charged, by kind of claim. */
const SERVICE = { professional: "SV1", institutional: "SV2", dental: "SV3" } as const;

/** Where a service tells its units, by kind of claim. */
const UNITS = { professional: 4, institutional: 5, dental: 6 } as const;
/** What to do about each finding of this file. */
const FIXES: Readonly<Record<string, string>> = {
  "claim-amount-invalid": "Write the charge in dollars and cents, such as 150 or 150.25.",
  "claim-date-invalid": "Write a day of the calendar as CCYYMMDD.",
  "claim-number-missing": "Write the number by which you know the claim into CLM01.",
  "claim-payer-sequence": "Write P, S, T or A to H into SBR01.",
};

/** A dental service that is not counted was done once (SV306). */
const DEFAULT_UNITS = { professional: "", institutional: "", dental: "1" } as const;

/**
 * The claim that a 2300 loop of an 837 holds, with what the loops around it say of provider,
 * subscriber, patient and payer, so that a claim sent by another system can be registered.
 * Findings: `claim-amount-invalid` (the claim is undefined then), `claim-number-missing`,
 * `claim-date-invalid`, `claim-payer-sequence`; none names a value.
 */
export function readClaims(loop2300: Loop, set: TransactionSet): ReadClaim {
  const findings: Finding[] = [];
  const note: Note = (severity, code, segment, element, message) => {
    // What is missing is told of the claim that lacks it.
    const at = segment ?? loop2300.segments[0];
    findings.push({
      severity,
      code,
      snip: 2,
      loop: loopAround(loop2300, at),
      ...(at === undefined ? {} : { segment: at.id, position: at.position }),
      ...(segment === undefined || element === undefined ? {} : { element }),
      message,
      fix: FIXES[code] ?? "",
    });
  };
  const clm = loop2300.segment("CLM");
  const kind = KINDS[set.guide?.name ?? "837P"] ?? "professional";
  const number = clm?.element(1) ?? "";
  if (clm === undefined || number === "") {
    note(
      "error",
      "claim-number-missing",
      clm,
      1,
      "The claim has no patient control number (CLM01).",
    );
  }
  const chargeCents = amountOf(clm, 2, note);
  const own = readPeriod(loop2300.segment("DTP", "472") ?? loop2300.segment("DTP", "434"), note);
  const lines = loop2300.loopsOf("2400").map((loop) => lineOf(loop, kind, own, note));
  const complete = lines.filter((line) => line !== undefined);
  const broken = complete.length < lines.length;
  if (clm === undefined || number === "" || chargeCents === undefined || broken) {
    return { claim: undefined, findings };
  }
  const subscriberLevel = loop2300.within("2000B");
  const claim: Claim = {
    patientControlNumber: number,
    kind,
    payer: payerOf(subscriberLevel, subscriberLevel?.loop("2010BB"), note),
    otherPayers: loop2300.loopsOf("2320").map((loop) => payerOf(loop, loop.loop("2330B"), note)),
    frequencyCode: clm.component(5, 3) || "1",
    originalReference: loop2300.segment("REF", "F8")?.element(2) || undefined,
    patient: patientOf(loop2300),
    billingProvider: billingProviderOf(loop2300),
    renderingProviderNpi: npiOf(loop2300.loop(RENDERING[kind])?.segment("NM1")),
    placeOfServiceCode: clm.component(5, 1),
    ...daysOf(kind, complete, own),
    chargeCents,
    diagnoses: diagnosesOf(loop2300),
    lines: complete,
    ...(kind === "institutional"
      ? { institutional: readInstitutionalFacts(loop2300, own, note) }
      : {}),
    ...(kind === "dental" ? { dental: readDentalFacts(loop2300, clm, note) } : {}),
    encounterOnly: loop2300.within("ST")?.segment("BHT")?.element(6) === "RP",
  };
  return { claim, findings };
}

/** The id of the loop of a claim, or around it, in which a segment stands. */
function loopAround(loop2300: Loop, segment: Segment | undefined): string {
  const inner = loop2300.loops.flatMap((loop) => [loop, ...loop.loops]);
  const around = [loop2300.within("2000C"), loop2300.within("2000B")];
  const stands = [loop2300, ...inner, ...around].find(
    (loop) => segment !== undefined && loop?.segments.includes(segment),
  );
  return stands?.id ?? loop2300.id;
}

/** The loop of the rendering provider, by kind of claim. */
const RENDERING = { professional: "2310B", institutional: "2310D", dental: "2310B" } as const;

/** The days of the claim: of its statement, or from its first to its last service. */
function daysOf(
  kind: Claim["kind"],
  lines: readonly ClaimLine[],
  own: Period,
): Pick<Claim, "serviceDateFrom" | "serviceDateTo"> {
  const [first, last] = [least(lines), greatest(lines)];
  if (kind === "institutional") {
    return { serviceDateFrom: own.from ?? first, serviceDateTo: own.to ?? last };
  }
  return { serviceDateFrom: first ?? own.from, serviceDateTo: last ?? own.to };
}

function amountOf(segment: Segment | undefined, element: number, note: Note): Cents | undefined {
  const amount = parseAmount(segment?.element(element) ?? "");
  if (amount === undefined) {
    const message = "The amount is missing, no decimal, or has a fraction of a cent.";
    note("error", "claim-amount-invalid", segment, element, message);
  }
  return amount;
}

function lineOf(loop: Loop, kind: Claim["kind"], own: Period, note: Note): ClaimLine | undefined {
  const lx = Number(loop.segment("LX")?.element(1) ?? "");
  const service = loop.segment(SERVICE[kind]);
  if (service === undefined) {
    const message = `The service line has no ${SERVICE[kind]}, which tells its charge.`;
    note("error", "claim-amount-invalid", loop.segments[0], undefined, message);
    return undefined;
  }
  const institutional = kind === "institutional";
  const chargeCents = amountOf(service, institutional ? 3 : 2, note);
  if (chargeCents === undefined) return undefined;
  const procedureAt = institutional ? 2 : 1;
  const [qualifier = "", code = "", ...rest] = service.components(procedureAt);
  const revenueCode = institutional ? service.element(1) : undefined;
  const dtp = loop.segment("DTP", "472");
  const dates = dtp === undefined ? own : readPeriod(dtp, note);
  const pointers = kind === "professional" ? service.components(7) : service.components(11);
  const place = kind === "dental" ? readDentalPlace(loop, service) : undefined;
  return {
    lineNumber: lx,
    lineControlNumber: loop.segment("REF", "6R")?.element(2) || String(lx),
    procedureQualifier: code === "" && institutional ? "NU" : qualifier,
    procedureCode: code,
    modifiers: rest.slice(0, 4).filter((modifier) => modifier !== ""),
    revenueCode,
    chargeCents,
    units: service.element(UNITS[kind]) || DEFAULT_UNITS[kind],
    serviceDateFrom: dates.from,
    serviceDateTo: dates.to,
    diagnosisPointers: institutional ? [] : pointers.map(Number).filter((pointer) => pointer > 0),
    ...(place === undefined ? {} : { dental: place }),
  };
}

/** SBR of 2000B or 2320 and the payer's NM1. */
function payerOf(level: Loop | undefined, payer: Loop | undefined, note: Note): ClaimPayer {
  const sbr = level?.segment("SBR");
  const nm1 = payer?.segment("NM1");
  return {
    sequence: sequenceOf(sbr, note),
    id: nm1?.element(9) ?? "",
    name: nm1?.element(3) ?? "",
    filingIndicatorCode: sbr?.element(9) ?? "",
  };
}

/** A payer behind the third counts as tertiary; one whose place is not known, as primary. */
function sequenceOf(sbr: Segment | undefined, note: Note): PayerSequence {
  const written = sbr?.element(1) ?? "";
  if (written === "P" || written === "S" || written === "T") return written;
  if (/^[A-H]$/.test(written)) return "T";
  note("warning", "claim-payer-sequence", sbr, 1, "SBR01 does not say which payer this is.");
  return "P";
}

function patientOf(loop2300: Loop): ClaimPatient {
  const subscriberLevel = loop2300.within("2000B");
  const subscriber = subscriberLevel?.loop("2010BA");
  const patient = loop2300.within("2000C")?.loop("2010CA") ?? subscriber;
  const nm1 = patient?.segment("NM1");
  const dmg = patient?.segment("DMG");
  const organization = nm1?.element(2) === "2" && nm1.element(4) === "";
  return {
    lastName: organization ? "" : (nm1?.element(3) ?? ""),
    firstName: nm1?.element(4) ?? "",
    birthDate: isoDate(dmg?.element(2) ?? ""),
    gender: dmg?.element(3) || undefined,
    memberId: subscriber?.segment("NM1")?.element(9) ?? "",
    groupNumber: subscriberLevel?.segment("SBR")?.element(3) || undefined,
  };
}

function billingProviderOf(loop2300: Loop): Claim["billingProvider"] {
  const provider = loop2300.within("2000A")?.loop("2010AA");
  const nm1 = provider?.segment("NM1");
  const taxId = provider?.segment("REF", "EI") ?? provider?.segment("REF", "SY");
  return {
    npi: npiOf(nm1) ?? "",
    taxId: taxId?.element(2) ?? "",
    name: `${nm1?.element(3) ?? ""} ${nm1?.element(4) ?? ""}`.trim(),
  };
}

function npiOf(nm1: Segment | undefined): string | undefined {
  return nm1?.element(8) === "XX" ? nm1.element(9) || undefined : undefined;
}

/** Principal and other diagnoses of the HI segments, the principal one first. */
function diagnosesOf(loop2300: Loop): string[] {
  const diagnoses = readDiagnoses(loop2300);
  return (["principal", "other"] as const).flatMap((wanted) =>
    diagnoses.filter(({ role }) => role === wanted).map(({ code }) => code),
  );
}

function least(lines: readonly ClaimLine[]): string | undefined {
  return lines
    .map(({ serviceDateFrom }) => serviceDateFrom)
    .filter(isKnown)
    .sort()[0];
}

function greatest(lines: readonly ClaimLine[]): string | undefined {
  return lines
    .map(({ serviceDateTo }) => serviceDateTo)
    .filter(isKnown)
    .sort()
    .at(-1);
}

function isKnown(date: string | undefined): date is string {
  return date !== undefined;
}
