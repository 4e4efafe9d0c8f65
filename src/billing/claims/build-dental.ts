import type { Encounter, EncounterLine } from "../intake/index.ts";
import type { DentalFacts, DentalPlace } from "./claim.ts";
import { dateOf } from "./date-of.ts";

/** What an accepted dental encounter tells besides its lines. */
export function dentalFacts({ claimInformation: claim }: Encounter): DentalFacts {
  const months = claim.orthodonticTotalMonthsOfTreatment;
  const placed = claim.claimDateInformation?.appliancePlacementDate;
  return {
    predetermination: claim.predeterminationOfBenefits === true,
    orthodontics:
      months === undefined
        ? undefined
        : { months: months.monthsCount, monthsRemaining: months.monthsRemaining },
    appliancePlacementDate: placed === undefined ? undefined : dateOf(placed),
    toothStatuses: (claim.toothStatus ?? []).map(({ toothNumber, toothStatusCode }) => ({
      tooth: toothNumber,
      status: toothStatusCode,
    })),
  };
}

/** Where in the mouth the service of a line was done; undefined where the line tells nothing of it. */
export function dentalPlace(line: EncounterLine): DentalPlace | undefined {
  const { dentalService, teethInformation = [] } = line;
  const areas = dentalService?.oralCavityDesignation ?? [];
  const placement = dentalService?.prosthesisCrownOrInlayCode;
  if (teethInformation.length + areas.length === 0 && placement === undefined) return undefined;
  const teeth = teethInformation.map(({ toothCode, toothSurfaceCodes }) => ({
    code: toothCode,
    surfaces: toothSurfaceCodes ?? [],
  }));
  return { teeth, areas, placement };
}
