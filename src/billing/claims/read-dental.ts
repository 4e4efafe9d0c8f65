import type { Loop } from "../../edi/guides/index.ts";
import type { Segment } from "../../edi/x12/index.ts";
import type { DentalFacts, DentalPlace } from "./claim.ts";
import { type Note, readPeriod } from "./read-period.ts";

/** CLM19 of a predetermination of benefits. */
const PREDETERMINATION = "PB";

/** What the segments of a dental claim tell besides its lines. */
export function readDentalFacts(loop2300: Loop, clm: Segment, note: Note): DentalFacts {
  const dn1 = loop2300.segment("DN1");
  return {
    predetermination: clm.element(19) === PREDETERMINATION,
    orthodontics:
      dn1 === undefined
        ? undefined
        : { months: numberOf(dn1.element(1)), monthsRemaining: numberOf(dn1.element(2)) },
    appliancePlacementDate: readPeriod(loop2300.segment("DTP", "452"), note).from,
    toothStatuses: loop2300.segmentsOf("DN2").map((dn2) => ({
      tooth: dn2.element(1),
      status: dn2.element(2),
    })),
  };
}

/** Teeth and areas of a line (2400); undefined where it tells nothing of them. */
export function readDentalPlace(loop: Loop, sv3: Segment): DentalPlace | undefined {
  const areas = sv3.components(4).filter((area) => area !== "");
  const placement = sv3.element(5) || undefined;
  const teeth = loop.segmentsOf("TOO").map((too) => ({
    code: too.element(2),
    surfaces: too.components(3).filter((surface) => surface !== ""),
  }));
  if (teeth.length + areas.length === 0 && placement === undefined) return undefined;
  return { teeth, areas, placement };
}

function numberOf(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}
