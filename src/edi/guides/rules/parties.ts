/** Rules of claims about who bills, and whose coverage it is (2000B, 2000C, 2010AA, 2010BA). */
import type { Segment } from "../../x12/index.ts";
import type { Loop } from "../loop.ts";
import { CLAIMS, coverageOf } from "./claim.ts";
import { type LoopRule, missing, missingElement, NONE, type SetRule, wrong } from "./rule.ts";

const SELF = "18";
const POST_OFFICE_BOX = /^(?:P(?:OST)?\.? ?O(?:FFICE)?\.? ?BOX|LOCK ?BOX)\b/i;

export const partyRules: readonly LoopRule[] = [
  {
    name: "subscriber-not-self",
    guides: CLAIMS,
    loops: ["2000B"],
    demands: "SBR02 is 18 where no patient level stands below the subscriber (HL04 is 0).",
    fix: "Write 18 into SBR02, or add the patient as a level of its own (HL03 23).",
    source: "005010X222A1 2000B SBR02; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (level) => {
      const sbr = level.segment("SBR");
      if (sbr === undefined || level.segment("HL")?.element(4) !== "0") return NONE;
      return sbr.element(2) !== SELF ? [missingElement(sbr, 2)] : NONE;
    },
  },
  {
    name: "subscriber-address-missing",
    guides: CLAIMS,
    loops: ["2010BA"],
    demands: "The subscriber who is the patient (SBR02 is 18) has an address, N3 and N4.",
    fix: "Add the subscriber's address.",
    source: "005010X222A1 2010BA N3, N4; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (subscriber) => {
      if (subscriber.segment("N3") && subscriber.segment("N4")) return NONE;
      if (!isSelf(subscriber)) return NONE;
      return ["N3", "N4"].filter((id) => !subscriber.segment(id)).map((id) => missing(id));
    },
  },
  {
    name: "subscriber-birth-missing",
    guides: CLAIMS,
    loops: ["2010BA"],
    demands: "The subscriber who is the patient (SBR02 is 18) has a date of birth and a sex (DMG).",
    fix: "Add DMG with the subscriber's date of birth and sex.",
    source: "005010X222A1 2010BA DMG; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (subscriber) =>
      isSelf(subscriber) && !subscriber.segment("DMG") ? [missing("DMG")] : NONE,
  },
  {
    name: "subscriber-identifier-missing",
    guides: CLAIMS,
    loops: ["2010BA"],
    demands: "A subscriber who is a person (NM102 is 1) has a member number in NM108 and NM109.",
    fix: "Add the member number of the subscriber's card.",
    source: "005010X222A1 2010BA NM108; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: ({ segments: [nm1] }) =>
      nm1?.id === "NM1" && nm1.element(2) === "1" && nm1.element(9) === ""
        ? [missingElement(nm1 as Segment, 9)]
        : NONE,
  },
  {
    name: "billing-address-not-street",
    guides: CLAIMS,
    loops: ["2010AA"],
    demands:
      "The billing provider's address is that of a street; a box goes to the pay-to address.",
    fix: "Write the street into N301 of 2010AA and the box into loop 2010AB.",
    source: "005010X222A1 2010AA N3; likewise X223A2, X224A2",
    snip: 4,
    severity: "warning",
    breaches: (provider) => {
      const n3 = provider.segment("N3");
      if (n3 === undefined || !POST_OFFICE_BOX.test(n3.element(1))) return NONE;
      return [wrong(n3, 1)];
    },
  },
  {
    name: "billing-provider-unidentified",
    guides: CLAIMS,
    loops: ["2000B"],
    demands: "A billing provider without NPI has a number that the payer gave it (2010BB REF).",
    fix: "Add the NPI in 2010AA, or REF*G2 in 2010BB for a provider who can have none.",
    source: "005010X222A1 2010AA NM109, 2010BB REF; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    breaches: (level) => {
      const nm1 = level.within("2000A")?.loop("2010AA")?.segment("NM1");
      const payer = level.loop("2010BB");
      if (nm1 === undefined || payer === undefined || nm1.holds(8) || nm1.holds(9)) return NONE;
      const known = payer.segment("REF", "G2") ?? payer.segment("REF", "LU");
      return known === undefined ? [missing("REF", "2010BB")] : NONE;
    },
  },
];

export const partySetRules: readonly SetRule[] = [
  {
    name: "patient-level-for-subscriber",
    guides: CLAIMS,
    loops: ["2000C", "2300"],
    demands:
      "A level for the patient stands below a subscriber who is someone else, or has own claims.",
    fix: "Take 18 out of SBR02, or move the claims to the subscriber and the patient's level out.",
    source: "005010X222A1 2000B SBR02, 2000C; likewise X223A2, X224A2",
    snip: 4,
    severity: "error",
    // Claims are handed out as they end: which subscriber has had one is kept here.
    watch: () => {
      let claimant: Loop | undefined;
      return {
        closed: (loop) => {
          const { id, parent } = loop;
          if (id === "2300") {
            if (parent?.id === "2000B") claimant = parent;
            return NONE;
          }
          const hl = loop.segment("HL");
          if (hl === undefined || parent === claimant || !isSelf(loop)) return NONE;
          return [wrong(hl, 3)];
        },
      };
    },
  },
];

function isSelf(subscriber: Loop): boolean {
  return coverageOf(subscriber)?.element(2) === SELF;
}
