import { isoDate } from "../../intake/index.ts";
import { parseAmount, ZERO } from "../../money/index.ts";
import type { Edit } from "./edit.ts";

const CLAIM = "/claimInformation";
/** Covered, non-covered, coinsurance and lifetime reserve days: whole numbers (NUBC FL 39). */
const DAYS_VALUE = /^8[0-3]$/;
/** Working aged, ESRD, no-fault, workers' compensation, public, black lung, VA, disabled, liability. */
const PAYER_BEFORE_MEDICARE = /^(?:1[2-6]|4[1-37])$/;
const CENTS = 100;

/** The lists of NUBC codes, the property of their code, and how people call one. */
const LISTS = [
  ["occurrenceSpanInformations", "occurrenceSpanCode"],
  ["occurrenceInformationList", "occurrenceSpanCode"],
  ["valueInformationList", "valueCode"],
  ["conditionCodesList", "conditionCode"],
] as const;

/** What is wrong with condition, occurrence, span and value codes (UB-04 FL 18 to 41). */
export const BILLING_CODE_EDITS: readonly Edit[] = [
  {
    id: "billing-code-duplicate",
    snip: 2,
    source: "NUBC: condition, occurrence, span and value codes stand once",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      for (const [list, name] of LISTS) {
        const seen = new Set<string>();
        for (const [group, entries] of (claim[list] ?? []).entries()) {
          for (const [index, entry] of entries.entries()) {
            // Two spans or occurrences of a code are two events when their days differ.
            const key = JSON.stringify(list === "valueInformationList" ? codeOf(entry) : entry);
            const pointer = `${CLAIM}/${list}/${group}/${index}/${name}`;
            if (seen.has(key)) report(pointer, "repeats an earlier one", "Remove it.");
            seen.add(key);
          }
        }
      }
    },
  },
  {
    id: "occurrence-span",
    snip: 4,
    source: "005010X223A2 2300 HI*BI C022-4 RD8",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      for (const [group, list] of (claim.occurrenceSpanInformations ?? []).entries()) {
        for (const [index, span] of list.entries()) {
          const from = isoDate(span.occurrenceSpanCodeStartDate);
          const to = isoDate(span.occurrenceSpanCodeEndDate);
          if (from === undefined || to === undefined || from <= to) continue;
          const place = `${CLAIM}/occurrenceSpanInformations/${group}/${index}`;
          const pointer = `${place}/occurrenceSpanCodeEndDate`;
          report(pointer, "is before the day on which the span begins", "Check both dates.");
        }
      }
    },
  },
  {
    id: "medicare-secondary-value",
    snip: 4,
    source: "CMS MSP Manual 3, 40: a value code says which payer comes before Medicare",
    kinds: ["institutional"],
    check({ subscriber, claimInformation: claim }, report) {
      const sequence = subscriber.paymentResponsibilityLevelCode ?? "P";
      if (!["MA", "MB"].includes(claim.claimFilingCode) || sequence === "P") return;
      const values = (claim.valueInformationList ?? []).flat();
      if (values.some(({ valueCode }) => PAYER_BEFORE_MEDICARE.test(valueCode))) return;
      const fix = "Add what the payer before paid: 12 working aged, 13 ESRD, 15 workers' comp …";
      report(`${CLAIM}/valueInformationList`, "tells no payer before Medicare", fix);
    },
  },
  {
    id: "value-amount",
    snip: 2,
    source: "NUBC FL 39: values are not negative; days (80 to 83) are whole",
    kinds: ["institutional"],
    check({ claimInformation: claim }, report) {
      for (const [group, list] of (claim.valueInformationList ?? []).entries()) {
        for (const [index, { valueCode, valueCodeAmount }] of list.entries()) {
          const pointer = `${CLAIM}/valueInformationList/${group}/${index}/valueCodeAmount`;
          const amount = parseAmount(valueCodeAmount) ?? ZERO;
          if (amount < 0) {
            report(pointer, "is negative", "Write it without a minus.");
          } else if (DAYS_VALUE.test(valueCode) && amount % CENTS !== 0) {
            report(pointer, "is no whole number of days", "Write days as a whole number.");
          }
        }
      }
    },
  },
];

function codeOf(entry: object): string | undefined {
  return (entry as { readonly valueCode?: string }).valueCode;
}
