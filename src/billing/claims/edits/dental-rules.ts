/**
 * What a CDT procedure must tell besides its code (ADA claim form boxes 25 to 28 and 43), by ranges
 * of its four digits; the first that fits decides.
 */
export interface DentalRule {
  readonly from: number;
  readonly to: number;
  /** The tooth must be named. */
  readonly tooth?: true;
  /** So many surfaces must be named: exactly `surfaces`, or at least so many. */
  readonly surfaces?: number;
  readonly orMore?: true;
  /** A quadrant (10 to 40) must be named. */
  readonly quadrant?: true;
  /** It must be said whether it is placed for the first time (SV305). */
  readonly placement?: true;
}

/** Source: the descriptors of the Code on Dental Procedures and Nomenclature (CDT). */
const RULES: readonly DentalRule[] = [
  { from: 1351, to: 1355, tooth: true },
  { from: 1510, to: 1510, quadrant: true },
  { from: 2140, to: 2140, tooth: true, surfaces: 1 },
  { from: 2150, to: 2150, tooth: true, surfaces: 2 },
  { from: 2160, to: 2160, tooth: true, surfaces: 3 },
  { from: 2161, to: 2161, tooth: true, surfaces: 4, orMore: true },
  { from: 2330, to: 2330, tooth: true, surfaces: 1 },
  { from: 2331, to: 2331, tooth: true, surfaces: 2 },
  { from: 2332, to: 2332, tooth: true, surfaces: 3 },
  { from: 2335, to: 2335, tooth: true },
  { from: 2390, to: 2390, tooth: true },
  { from: 2391, to: 2391, tooth: true, surfaces: 1 },
  { from: 2392, to: 2392, tooth: true, surfaces: 2 },
  { from: 2393, to: 2393, tooth: true, surfaces: 3 },
  { from: 2394, to: 2394, tooth: true, surfaces: 4, orMore: true },
  { from: 2510, to: 2664, tooth: true, placement: true },
  { from: 2710, to: 2799, tooth: true, placement: true },
  { from: 2910, to: 2999, tooth: true },
  { from: 3110, to: 3120, tooth: true },
  { from: 3220, to: 3353, tooth: true },
  { from: 3410, to: 3950, tooth: true },
  { from: 4210, to: 4211, quadrant: true },
  { from: 4240, to: 4241, quadrant: true },
  { from: 4260, to: 4261, quadrant: true },
  { from: 4341, to: 4342, quadrant: true },
  { from: 5110, to: 5286, placement: true },
  { from: 6010, to: 6199, tooth: true },
  { from: 6205, to: 6794, tooth: true, placement: true },
  { from: 7111, to: 7250, tooth: true },
  { from: 7310, to: 7321, quadrant: true },
];

/** The rule of a CDT code (`D2150`); undefined when it must tell nothing more. */
export function dentalRule(code: string): DentalRule | undefined {
  const number = Number(code.slice(1));
  return RULES.find(({ from, to }) => number >= from && number <= to);
}

/** Permanent teeth 1 to 32 and their supernumerary 51 to 82; primary A to T, supernumerary AS to TS. */
const TOOTH = /^(?:[1-9]|[12]\d|3[0-2]|5[1-9]|[67]\d|8[0-2]|[A-T]S?)$/;

/** Whether a tooth is one of the universal numbering system (JP). */
export function isTooth(code: string): boolean {
  return TOOTH.test(code);
}

/** Incisors and canines have an incisal edge, the others an occlusal surface. */
const FRONT = /^(?:[6-9]|1[01]|2[2-7]|5[6-9]|6[01]|7[2-7]|[C-HM-R]S?)$/;

/** Whether the tooth is an incisor or canine. */
export function isFrontTooth(code: string): boolean {
  return FRONT.test(code);
}
