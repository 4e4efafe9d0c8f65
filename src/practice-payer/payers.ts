import type { ClaimPayer } from "../billing/claims/claim.ts";

/** A payer of the sample world; invented, like its identifiers. */
export interface SamplePayer {
  /** NM109 of 2010BB, N104 of the 835. */
  readonly id: string;
  readonly name: string;
  /** SBR09 claim filing indicator. */
  readonly filingIndicatorCode: string;
  /** CLP06: what the payer calls the coverage in its 835. */
  readonly coverageCode: string;
  /** TRN03: "1" and an invented tax number. */
  readonly originatorId: string;
  readonly address: { readonly street: string; readonly city: string; readonly state: string };
  readonly postalCode: string;
  /** How it pays: BPR04. */
  readonly paymentMethod: "ACH" | "CHK";
  /** What it allows, in per cent of the sample fee table. */
  readonly allowedPercent: number;
  /** What the patient bears of the allowed amount as coinsurance, in per cent. */
  readonly coinsurancePercent: number;
  /** What the patient pays at the door for an office visit; 0 where coinsurance applies instead. */
  readonly copayCents: number;
  /** Takes 2 % off each payment and writes CO-253. */
  readonly sequesters: boolean;
  /** Writes CLP02 4 for every denial, as some payers wrongly do (RFI 1079). */
  readonly writesStatusFour: boolean;
}

const CONTRACTED = { sequesters: false, writesStatusFour: false } as const;

/** The payers that the sample practice bills. */
const SAMPLE_PAYERS: readonly SamplePayer[] = [
  {
    id: "90001",
    name: "FEDERAL ELDER HEALTH PART B",
    filingIndicatorCode: "MB",
    coverageCode: "MB",
    originatorId: "1990000001",
    address: { street: "1 CAPITOL PARK", city: "BALTIMORE", state: "MD" },
    postalCode: "212010001",
    paymentMethod: "ACH",
    allowedPercent: 100,
    coinsurancePercent: 20,
    copayCents: 0,
    sequesters: true,
    writesStatusFour: false,
  },
  {
    id: "90002",
    name: "STATE FAMILY MEDICAL ASSISTANCE",
    filingIndicatorCode: "MC",
    coverageCode: "MC",
    originatorId: "1990000002",
    address: { street: "20 STATEHOUSE SQUARE", city: "COLUMBUS", state: "OH" },
    postalCode: "432150020",
    paymentMethod: "ACH",
    allowedPercent: 72,
    coinsurancePercent: 0,
    copayCents: 0,
    ...CONTRACTED,
  },
  {
    id: "90003",
    name: "LARKSPUR HEALTH INSURANCE",
    filingIndicatorCode: "CI",
    coverageCode: "12",
    originatorId: "1990000003",
    address: { street: "300 LARKSPUR WAY", city: "HARTFORD", state: "CT" },
    postalCode: "061030300",
    paymentMethod: "ACH",
    allowedPercent: 128,
    coinsurancePercent: 20,
    copayCents: 3000,
    ...CONTRACTED,
  },
  {
    id: "90004",
    name: "BLUE HERON PLAN OF OHIO",
    filingIndicatorCode: "BL",
    coverageCode: "12",
    originatorId: "1990000004",
    address: { street: "44 HERON LANDING", city: "CLEVELAND", state: "OH" },
    postalCode: "441140044",
    paymentMethod: "ACH",
    allowedPercent: 118,
    coinsurancePercent: 10,
    copayCents: 2500,
    ...CONTRACTED,
  },
  {
    id: "90005",
    name: "SUMMIT MUTUAL BENEFITS",
    filingIndicatorCode: "CI",
    coverageCode: "13",
    originatorId: "1990000005",
    address: { street: "5 SUMMIT RIDGE", city: "DENVER", state: "CO" },
    postalCode: "802020005",
    paymentMethod: "CHK",
    allowedPercent: 135,
    coinsurancePercent: 20,
    copayCents: 4000,
    sequesters: false,
    writesStatusFour: true,
  },
];

const COVERAGE_CODES = "12 13 14 15 16 17 AM CH DS HM LM MA MB MC OF TV VA WC ZZ".split(" ");

/**
 * The sample payer that a claim goes to; for any other payer, one that behaves as its filing
 * indicator suggests.
 */
export function payerOf(payer: ClaimPayer): SamplePayer {
  const known = SAMPLE_PAYERS.find(({ id }) => id === payer.id);
  if (known !== undefined) return known;
  const { filingIndicatorCode } = payer;
  const like =
    SAMPLE_PAYERS.find((sample) => sample.filingIndicatorCode === filingIndicatorCode) ??
    COMMERCIAL;
  const coverageCode = COVERAGE_CODES.includes(filingIndicatorCode)
    ? filingIndicatorCode
    : like.coverageCode;
  return { ...like, id: payer.id, name: payer.name, filingIndicatorCode, coverageCode };
}

/** The sample payer with this identifier; asserts that there is one. */
export function samplePayer(id: string): SamplePayer {
  const payer = SAMPLE_PAYERS.find((candidate) => candidate.id === id);
  if (payer === undefined) throw new RangeError("no such sample payer");
  return payer;
}

const COMMERCIAL: SamplePayer = samplePayer("90003");
