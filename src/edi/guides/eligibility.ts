/** What requests for eligibility (270) and their answers (271) share. */
import {
  an,
  codes,
  composite,
  date,
  id,
  n0,
  procedure,
  R,
  reference,
  S,
  times,
  tm,
  unused,
} from "./elements.ts";
import type { GuideElement, GuideSegment, Usage } from "./guide.ts";
import { code } from "./health-care-code.ts";
import {
  CODE_LIST,
  PURPOSE,
  SERVICE_CODE,
  STRUCTURE,
  TRANSACTION_KIND,
} from "./meanings/claims.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";
import {
  BODY_PART,
  FOLLOW_UP,
  MAINTENANCE,
  REFUSAL,
  SERVICE_TYPE,
} from "./meanings/eligibility.ts";
import { PROVIDER_ROLE, RELATIONSHIP, SEX, YES_NO } from "./meanings/parties.ts";
import { REFERENCE, TRACE } from "./meanings/references.ts";
import { segment } from "./segments.ts";

/** PRV01 of providers, without the supervising and submitting one. */
export const CARE_PROVIDERS = "AD AT BI CO CV H HH LA OT P1 P2 PC PE R RF SK SU";
/** NM108 of who asks. */
export const RECEIVER_IDS = "24 34 FI PI PP SV XV XX";
/** REF01 of who asks. */
export const RECEIVER_NUMBERS = "0B 1C 1D 1J 4A CT EL EO HPI JD N5 N7 Q4 SY TJ";
/** NM101 of who asks, and of who answers. */
export const RECEIVERS = "1P 2B 36 80 FA GP P5 PR";
export const SOURCES = "2B 36 GP P5 PR";
/** NM108 of who answers. */
export const SOURCE_IDS = "24 46 FI NI PI XV XX";

/** BHT. */
export function beginning(purposes: string, kind: "RT" | undefined): GuideSegment {
  return segment("BHT", "Beginning of the transaction", R, 1, [
    id("Structure", R, 4, 4, codes("0022"), STRUCTURE),
    id("Purpose", R, 2, 2, codes(purposes), PURPOSE),
    reference("Reference", S),
    date("Date created", R),
    tm("Time created", R, 4, 8),
    kind === undefined
      ? id("Kind of transaction", "N", 2, 2)
      : id("Kind of transaction", S, 2, 2, codes(kind), TRANSACTION_KIND),
  ]);
}

/** TRN: numbers by which the request is found again. */
export function trace(repeat: number, kinds: string): GuideSegment {
  return segment("TRN", "Trace numbers", S, repeat, [
    id("Kind of trace", R, 1, 2, codes(kinds), TRACE),
    reference("Reference", R),
    an("Who gave the number", R, 10, 10),
    reference("Division of who gave the number", S),
  ]);
}

/** REF, whose REF03 describes the number where the guide uses it. */
export function describedRef(
  name: string,
  repeat: number,
  qualifiers: string,
  description: Usage,
): GuideSegment {
  return segment("REF", name, S, repeat, [
    id("Kind of reference", R, 2, 3, codes(qualifiers), REFERENCE),
    reference("Reference number", R),
    an("Description", description, 1, 80),
    ...unused(1),
  ]);
}

/** PRV: the part of a provider, and a number or the taxonomy. */
export function providerRole(name: string, roles: string, numbers: string): GuideSegment {
  return segment("PRV", name, S, 1, [
    id("Role", R, 1, 3, codes(roles), PROVIDER_ROLE),
    id("Kind of code", S, 2, 3, codes(numbers), REFERENCE),
    reference("Taxonomy or number", S),
    ...unused(3),
  ]);
}

/** DMG: what is known of birth and sex. */
export function demographics(name: string, sexes: string): GuideSegment {
  return segment("DMG", name, S, 1, [
    id("Format of the date", S, 2, 3, codes("D8"), DATE_FORMAT),
    an("Date of birth", S, 1, 35),
    id("Sex", S, 1, 1, codes(sexes), SEX),
    ...unused(8),
  ]);
}

/** What the guides tell differently of a member. */
export interface MemberShape {
  /** INS01: Y the subscriber, N a dependent. */
  readonly isSubscriber: boolean;
  readonly relationships: string;
  /** Usage of INS03 and INS04, which tell that identifying data changed. */
  readonly change: Usage;
  /** Usage of INS17. */
  readonly birthSequence: Usage;
}

/** INS: what the member is to the subscriber, and which of several born together. */
export function member(name: string, shape: MemberShape): GuideSegment {
  const { isSubscriber, relationships, change, birthSequence } = shape;
  const isChange = change !== "N";
  return segment("INS", name, S, 1, [
    id("Is the subscriber", R, 1, 1, [isSubscriber ? "Y" : "N"], YES_NO),
    id("Relationship to the subscriber", R, 2, 2, codes(relationships), RELATIONSHIP),
    id("Kind of change", change, 3, 3, isChange ? codes("001") : undefined, MAINTENANCE),
    id("Reason of the change", change, 2, 3, isChange ? codes("25") : undefined, MAINTENANCE),
    ...unused(12),
    n0("Which of several born together", birthSequence, 1, 9),
  ]);
}

/** HI: up to eight diagnoses. */
export function diagnoses(): GuideSegment {
  return segment("HI", "Diagnoses", S, 1, [
    code("Principal diagnosis", R, "ABK BK", "icd10cm"),
    ...times(7, (ordinal) => [code(`Diagnosis ${ordinal + 1}`, S, "ABF BF", "icd10cm")]),
    ...unused(4),
  ]);
}

/** The kinds of service that are asked or told about. */
export function serviceTypes(): GuideElement {
  return { ...id("Kinds of service", S, 1, 2, SERVICE_TYPE), repeat: 99 };
}

/** The procedure that is asked or told about; `range` where it may be the first of a range. */
export function serviceAskedAbout(range: "range" | undefined): GuideElement {
  const kinds = "AD CJ HC ID IV N4 ZZ";
  if (range === undefined) return procedure("Service", S, kinds, "N");
  return composite("Service", S, [
    id("Kind of service code", R, 2, 2, codes(kinds), SERVICE_CODE),
    an("Service code", R, 1, 48),
    ...times(4, (ordinal) => [an(`Modifier ${ordinal}`, S, 2, 2, "modifier")]),
    ...unused(1),
    an("Last service code of the range", S, 1, 48),
  ]);
}

/** Pointers to the diagnoses of HI. */
export function diagnosisPointers(): GuideElement {
  return composite(
    "Diagnosis pointers",
    S,
    times(4, (ordinal) => [n0(`Diagnosis ${ordinal}`, ordinal === 1 ? R : S, 1, 2)]),
  );
}

/** AAA: why a request was refused, and what to do. */
export function refusal(name: string, reasons: string, followUps: string): GuideSegment {
  return segment("AAA", name, S, 9, [
    id("Request is valid", R, 1, 1, codes("N Y"), YES_NO),
    ...unused(1),
    id("Reason", R, 2, 2, codes(reasons), REFUSAL),
    id("What to do", R, 1, 1, codes(followUps), FOLLOW_UP),
  ]);
}

/** III: where the service is given, or the nature of an injury. */
export function furtherFacts(usage: Usage, lists: string, injury: Usage): GuideSegment {
  return segment("III", "Further facts", usage, 1, [
    id("List of the code", injury === "N" ? R : S, 1, 3, codes(lists), CODE_LIST),
    an("Code", injury === "N" ? R : S, 1, 30),
    id("Category", injury, 2, 2, injury === "N" ? undefined : codes("44"), BODY_PART),
    an("Part of the body", injury, 1, 264),
    ...unused(5),
  ]);
}
