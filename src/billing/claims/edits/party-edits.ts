import type { Address, Encounter } from "../../intake/index.ts";
import { capitals } from "../capitals.ts";
import { type Edit, eachLine, lineAt } from "./edit.ts";

const STATE = /^[A-Z]{2}$/;
const ZIP = /^\d{5}(?:-?\d{4})?$/;
const FULL_ZIP = /^\d{5}-?\d{4}$/;
const PO_BOX = /^\s*(?:P\.?\s*O\.?\s*BOX|POST\s+OFFICE\s+BOX|LOCK\s*BOX)\b/i;

/** What is wrong with patient, subscriber, payers and addresses. */
export const PARTY_EDITS: readonly Edit[] = [
  {
    id: "member-id",
    snip: 4,
    source: "005010X222A1 2010BA NM109",
    check({ subscriber }, report) {
      if (subscriber.memberId !== undefined) return;
      report("/subscriber/memberId", "is missing", "Copy it from the insurance card.");
    },
  },
  {
    id: "subscriber-name",
    snip: 4,
    source: "005010X222A1 2010BA NM103, NM104",
    check({ subscriber, dependent }, report) {
      if (subscriber.lastName === undefined && subscriber.organizationName === undefined) {
        report("/subscriber/lastName", "is missing", "Add the name as on the insurance card.");
      } else if (dependent === undefined && subscriber.lastName === undefined) {
        const fix = "An organization is no patient: name the person, or the dependent.";
        report("/subscriber/lastName", "is missing", fix);
      }
    },
  },
  {
    id: "patient-demographics",
    snip: 4,
    source: "005010X222A1 2010BA / 2010CA N3, N4, DMG: required of the patient",
    check({ subscriber, dependent }, report) {
      const patient = dependent ?? subscriber;
      const pointer = dependent === undefined ? "/subscriber" : "/dependent";
      for (const name of ["dateOfBirth", "gender", "address"] as const) {
        if (patient[name] !== undefined) continue;
        report(`${pointer}/${name}`, "is missing", "Add it: the patient's is required.");
      }
      if (dependent !== undefined && dependent.lastName === undefined) {
        report("/dependent/lastName", "is missing", "Add the patient's name.");
      }
    },
  },
  {
    id: "dependent-is-subscriber",
    snip: 4,
    source: "005010X222A1 2000C: only when the patient is not the subscriber",
    check({ subscriber, dependent }, report) {
      if (dependent?.lastName === undefined || subscriber.lastName === undefined) return;
      const same =
        identity(dependent) === identity(subscriber) && dependent.dateOfBirth !== undefined;
      if (!same) return;
      const fix = "Leave the patient out when he or she is the subscriber.";
      report("/dependent", "is the subscriber again", fix, "warning");
    },
  },
  {
    id: "billing-address",
    snip: 4,
    source: "005010X222A1 2010AA N3: a street address; the box belongs into 2010AB",
    check({ billing }, report) {
      if (billing.address === undefined) {
        report("/billing/address", "is missing", "Add the billing provider's street address.");
      } else if (PO_BOX.test(billing.address.address1)) {
        const fix = "Write the street here and the box in payToAddress.";
        report("/billing/address/address1", "is a post office box", fix);
      }
    },
  },
  {
    id: "address-format",
    snip: 2,
    source: "005010X222A1 N4: state and ZIP code of addresses in the United States",
    check(encounter, report) {
      eachAddress(encounter, (address, at) => {
        if (isForeign(address)) return;
        if (!STATE.test(capitals(address.state ?? ""))) {
          report(`${at}/state`, "is not a two-letter state", "Write the state's abbreviation.");
        }
        if (!ZIP.test(address.postalCode ?? "")) {
          report(`${at}/postalCode`, "is not five or nine digits", "Write the ZIP code.");
        }
      });
    },
  },
  {
    id: "full-zip-code",
    snip: 4,
    source: "005010X222A1 2010AA, 2310C N403: nine digits for billing provider and facility",
    check(encounter, report) {
      const facility = encounter.claimInformation.serviceFacilityLocation?.address;
      const places: [Address | undefined, string][] = [
        [encounter.billing.address, "/billing/address"],
        [facility, "/claimInformation/serviceFacilityLocation/address"],
      ];
      for (const [address, pointer] of places) {
        if (address === undefined || isForeign(address)) continue;
        const code = address.postalCode ?? "";
        if (!ZIP.test(code) || FULL_ZIP.test(code)) continue;
        const fix = "Add the four digits behind the ZIP code; many payers reject without them.";
        report(`${pointer}/postalCode`, "is not nine digits", fix, "warning");
      }
    },
  },
  {
    id: "payer-sequence",
    snip: 4,
    source: "005010X222A1 2000B SBR01 and 2320 SBR01: each payer has its own place",
    check({ subscriber, claimInformation }, report) {
      const own = subscriber.paymentResponsibilityLevelCode ?? "P";
      const taken = new Set<string>([own]);
      const others = claimInformation.otherSubscriberInformation ?? [];
      for (const [index, { paymentResponsibilityLevelCode: place }] of others.entries()) {
        const pointer = `/claimInformation/otherSubscriberInformation/${index}`;
        if (taken.has(place) && place !== "T") {
          const at = `${pointer}/paymentResponsibilityLevelCode`;
          report(at, "is the place of another payer", "Number the payers P, S, T.");
        }
        taken.add(place);
      }
      if (own !== "P" && !taken.has("P")) {
        const at = "/subscriber/paymentResponsibilityLevelCode";
        report(at, "is not primary, and no primary payer is told", "Add the primary payer.");
      }
    },
  },
  {
    id: "medicare-secondary-type",
    snip: 4,
    source: "005010X222A1 2000B SBR05: required when Medicare is not primary",
    kinds: ["professional"],
    check({ subscriber, claimInformation }, report) {
      const medicare = ["MA", "MB"].includes(claimInformation.claimFilingCode);
      const primary = (subscriber.paymentResponsibilityLevelCode ?? "P") === "P";
      if (!medicare || primary || subscriber.insuranceTypeCode !== undefined) return;
      const fix =
        "Say why Medicare is secondary: 12 working aged, 13 ESRD, 15 workers' compensation …";
      report("/subscriber/insuranceTypeCode", "is missing", fix);
    },
  },
  {
    id: "payer-name",
    snip: 7,
    source: "005010X222A1 2010BB NM103",
    check({ tradingPartnerName }, report) {
      if (tradingPartnerName !== undefined) return;
      const fix = "Add the payer's name; its id is sent in place of it.";
      report("/tradingPartnerName", "is missing", fix, "warning");
    },
  },
];

function identity(person: {
  readonly lastName?: string;
  readonly firstName?: string;
  readonly dateOfBirth?: string;
}): string {
  const { lastName = "", firstName = "", dateOfBirth = "" } = person;
  return `${lastName}|${firstName}|${dateOfBirth.replaceAll("-", "")}`.toUpperCase();
}

function isForeign(address: Address): boolean {
  const country = address.countryCode?.toUpperCase();
  return country !== undefined && country !== "US" && country !== "USA";
}

type VisitAddress = (address: Address, pointer: string) => void;

function see(address: Address | undefined, pointer: string, visit: VisitAddress): void {
  if (address !== undefined) visit(address, pointer);
}

/** Calls back for each address of the encounter that is sent. */
function eachAddress(encounter: Encounter, visit: VisitAddress): void {
  const { claimInformation: claim } = encounter;
  const facility = claim.serviceFacilityLocation?.address;
  see(encounter.billing.address, "/billing/address", visit);
  see(encounter.payToAddress, "/payToAddress", visit);
  see(encounter.subscriber.address, "/subscriber/address", visit);
  see(encounter.dependent?.address, "/dependent/address", visit);
  see(encounter.payerAddress, "/payerAddress", visit);
  see(facility, "/claimInformation/serviceFacilityLocation/address", visit);
  eachLine(encounter, (line, number) => {
    const place = line.serviceFacilityLocation;
    if (place !== undefined)
      visit(place.address, lineAt(number, "/serviceFacilityLocation/address"));
  });
}
