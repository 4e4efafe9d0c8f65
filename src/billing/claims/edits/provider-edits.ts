import { isNpi } from "../../../edi/codes/index.ts";
import type { Encounter, LineProvider, Provider } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { type Edit, eachLine, lineAt, type Report } from "./edit.ts";

/**
 * Where providers of a claim stand, and whether the guide lets them be persons only (NM102 = 1).
 */
const CLAIM_PROVIDERS = [
  ["billing", "/billing", false],
  ["rendering", "/rendering", false],
  ["referring", "/referring", true],
  ["supervising", "/supervising", true],
  ["ordering", "/ordering", true],
  ["attending", "/attending", true],
  ["operatingPhysician", "/operatingPhysician", true],
  ["otherOperatingPhysician", "/otherOperatingPhysician", true],
  ["assistantSurgeon", "/assistantSurgeon", true],
] as const;

const LINE_PROVIDERS = [
  ["renderingProvider", "/renderingProvider", false],
  ["referringProvider", "/referringProvider", true],
  ["supervisingProvider", "/supervisingProvider", true],
  ["orderingProvider", "/orderingProvider", true],
  ["operatingPhysician", "/operatingPhysician", true],
  ["otherOperatingPhysician", "/otherOperatingPhysician", true],
  ["assistantSurgeon", "/assistantSurgeon", true],
] as const;

/** Called with a provider, whether it must be a person, its place and the index of its line. */
type VisitProvider = (
  provider: Provider | LineProvider,
  personOnly: boolean,
  place: string,
  line: number,
) => void;

/** The line index of a provider of the claim. */
const NO_LINE = -1;

const TAX_ID = /^\d{2}-?\d{7}$/;
const SOCIAL_SECURITY = /^\d{3}-?\d{2}-?\d{4}$/;
const TAXONOMY = /^[0-9A-Z]{9}X$/;

/** What is wrong with providers and their numbers. */
export const PROVIDER_EDITS: readonly Edit[] = [
  {
    id: "npi-check-digit",
    snip: 2,
    source: "45 CFR 162.406: Luhn over 80840 + NPI",
    check(encounter, report) {
      eachProvider(encounter, ({ npi }, _personOnly, place, line) => {
        checkNpi(npi, place, line, report);
      });
      const facility = encounter.claimInformation.serviceFacilityLocation;
      checkNpi(facility?.npi, "/claimInformation/serviceFacilityLocation", NO_LINE, report);
      eachLine(encounter, ({ serviceFacilityLocation: own }, line) => {
        checkNpi(own?.npi, "/serviceFacilityLocation", line, report);
      });
    },
  },
  {
    id: "billing-npi",
    snip: 4,
    source: "005010X222A1 2010AA NM109",
    check({ billing }, report) {
      if (billing.npi === undefined) report("/billing/npi", "is missing", "Add the billing NPI.");
    },
  },
  {
    id: "provider-name",
    snip: 2,
    source: "005010X222A1 2010AA, 2310A, 2310B, 2310D, 2420A-F NM103; 837I 2310A-D, 2420A-D",
    check(encounter, report) {
      const rendersPerson = encounter.kind === "institutional";
      eachProvider(encounter, (provider, always, place, line) => {
        const personOnly = always || (rendersPerson && place.startsWith("/rendering"));
        if (provider.lastName !== undefined) return;
        if (provider.organizationName !== undefined && !personOnly) return;
        const pointer = pointerTo(place, line);
        if (provider.organizationName === undefined) {
          report(`${pointer}/lastName`, "is missing", "Add a last name or an organization name.");
        } else {
          report(`${pointer}/organizationName`, "stands where a person must", "Name the person.");
        }
      });
    },
  },
  {
    id: "tax-id-format",
    snip: 2,
    source: "005010X222A1 2010AA REF*EI / REF*SY; 005010X223A2 REF*EI only",
    check({ billing }, report, _context, { kind }) {
      const { employerId } = billing;
      const ssn = kind === "institutional" ? undefined : billing.ssn;
      const fix = "Write the nine digits of the EIN.";
      if (employerId === undefined && ssn === undefined) {
        report("/billing/employerId", "is missing", "Add the tax id under which you bill.");
      } else if (employerId !== undefined && !TAX_ID.test(employerId)) {
        report("/billing/employerId", "is not nine digits", fix);
      } else if (ssn !== undefined && !SOCIAL_SECURITY.test(ssn)) {
        report("/billing/ssn", "is not nine digits", "Write the nine digits.");
      }
    },
  },
  {
    id: "taxonomy-format",
    snip: 2,
    source: "NUCC health care provider taxonomy: ten characters ending in X",
    check(encounter, report) {
      eachProvider(encounter, (provider, _personOnly, place, line) => {
        const code = provider.taxonomyCode;
        if (code === undefined || TAXONOMY.test(capitals(code))) return;
        const fix = "Use a code such as 207Q00000X.";
        report(`${pointerTo(place, line)}/taxonomyCode`, "is not a taxonomy code", fix);
      });
    },
  },
];

function checkNpi(npi: string | undefined, place: string, line: number, report: Report): void {
  if (npi === undefined || isNpi(npi)) return;
  const says = "is not an NPI: its check digit fails";
  report(`${pointerTo(place, line)}/npi`, says, "Look it up in NPPES.");
}

function pointerTo(place: string, line: number): string {
  return line === NO_LINE ? place : lineAt(line, place);
}

/** Calls back for each provider that the encounter names, of the claim and of its lines. */
function eachProvider(encounter: Encounter, visit: VisitProvider): void {
  for (const [role, pointer, personOnly] of CLAIM_PROVIDERS) {
    const provider = encounter[role];
    if (provider !== undefined) visit(provider, personOnly, pointer, NO_LINE);
  }
  eachLine(encounter, (line, number) => {
    for (const [role, place, personOnly] of LINE_PROVIDERS) {
      const provider = line[role];
      if (provider !== undefined) visit(provider, personOnly, place, number);
    }
  });
}
