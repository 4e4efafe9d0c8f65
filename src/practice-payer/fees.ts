import { type Cents, cents } from "../billing/money/index.ts";
import type { SamplePayer } from "./payers.ts";

/**
 * What the sample world holds a service to be worth, in cents a unit: invented, in the usual
 * proportions.
 */
const FEES: Readonly<Record<string, number>> = {
  "11102": 9600,
  "11103": 4800,
  "17000": 6650,
  "17003": 650,
  "17110": 11000,
  "20610": 6350,
  "36415": 900,
  "69210": 4650,
  "73030": 3350,
  "73562": 3950,
  "73610": 3550,
  "80053": 1060,
  "80061": 1340,
  "81003": 225,
  "82306": 2960,
  "83036": 970,
  "84443": 1680,
  "85025": 780,
  "87804": 1655,
  "87880": 1653,
  "88305": 6950,
  "90460": 2230,
  "90461": 840,
  "90471": 2000,
  "90677": 24800,
  "90700": 2950,
  "90707": 9120,
  "90715": 3890,
  "90716": 15960,
  "90785": 1420,
  "90791": 16700,
  "90834": 10400,
  "90837": 15400,
  "92551": 1230,
  "93000": 1390,
  "93015": 7100,
  "93306": 18800,
  "94640": 780,
  "96110": 1130,
  "96127": 455,
  "97110": 2880,
  "97112": 3200,
  "97116": 2880,
  "97140": 2720,
  "97161": 9800,
  "97530": 3460,
  "99203": 10900,
  "99204": 16300,
  "99212": 5500,
  "99213": 8900,
  "99214": 12500,
  "99391": 9500,
  "99392": 10100,
  "99393": 10100,
  "99394": 11050,
  "99395": 11400,
  "99396": 12100,
  G0439: 12650,
  J3301: 160,
};

const CHARGE_PERCENT = 185;
const UNKNOWN_ALLOWED_PERCENT = 60;
const HALF_DOLLAR = 50;

/** A share of an amount in per cent, rounded to the cent, half away from zero. */
export function percentOf(amount: Cents, percent: number): Cents {
  const share = Math.floor((Math.abs(amount) * percent + 50) / 100);
  return cents(amount < 0 ? -share : share);
}

/**
 * What the sample practice charges for one unit of a service; asserts that the sample practice
 * offers it.
 */
export function unitCharge(procedureCode: string): Cents {
  const fee = FEES[procedureCode];
  if (fee === undefined) throw new RangeError("the sample practice does not offer this service");
  return cents(Math.ceil((fee * CHARGE_PERCENT) / 100 / HALF_DOLLAR) * HALF_DOLLAR);
}

/**
 * What a payer allows for a line: its rate for the service, a share of the charge for a service
 * without one; never above the charge.
 */
export function allowedAmount(
  payer: SamplePayer,
  line: { readonly procedureCode: string; readonly chargeCents: Cents; readonly units: number },
): Cents {
  const fee = FEES[line.procedureCode];
  if (fee === undefined) return percentOf(line.chargeCents, UNKNOWN_ALLOWED_PERCENT);
  const allowed = percentOf(cents(fee * line.units), payer.allowedPercent);
  return cents(Math.min(allowed, line.chargeCents));
}
