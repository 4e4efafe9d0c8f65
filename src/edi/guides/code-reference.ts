import { procedureSet } from "../codes/index.ts";
import type { Segment } from "../x12/index.ts";
import type { GuideElement, GuideSegment } from "./guide.ts";
import { SERVICE_CODE } from "./meanings/claims.ts";

/** A place of a segment where a code of an external set stands. */
export interface CodeReference {
  readonly element: number;
  /** 0 where the element is no composite. */
  readonly component: number;
  /** What it is, in the guide's words. */
  readonly name: string;
  /** The set as the guide names it; `procedure` where the qualifier before it says which. */
  readonly set: string;
}

/** A procedure by the qualifier of its list (data element 235), where that is no set by shape. */
const PROCEDURE_SETS: Readonly<Record<string, string>> = {
  AD: "cdt",
  N4: "ndc",
  NU: "revenue",
};
const HCPCS_QUALIFIERS = ["HC", "BO", "BP"];

/** The places of a segment position where codes of external sets stand. */
export function codeReferencesOf({ elements }: GuideSegment): readonly CodeReference[] {
  return elements.flatMap((element, index) => {
    const at = index + 1;
    if (element.components === undefined) return referenceTo(element, at, 0);
    const isProcedure = element.components[0]?.meanings === SERVICE_CODE;
    return element.components.flatMap((component, part) =>
      isProcedure && part === 1
        ? [{ element: at, component: 2, name: element.name, set: "procedure" }]
        : referenceTo(component, at, part + 1),
    );
  });
}

function referenceTo(place: GuideElement, element: number, component: number): CodeReference[] {
  // Where the guide lists the codes itself, the set only tells what they mean.
  if (place.codeSet === undefined || place.codes !== undefined || place.usage === "N") return [];
  return [{ element, component, name: place.name, set: place.codeSet }];
}

/** The code that stands at the place, "" where there is none. */
export function codeAt(segment: Segment, { element, component }: CodeReference): string {
  return component === 0 ? segment.element(element) : segment.component(element, component);
}

/**
 * The set that the code at the place belongs to, by the qualifiers beside it; undefined where it is
 * of a list that nobody checks here, such as ICD-9.
 */
export function setOf(
  segment: Segment,
  reference: CodeReference,
  code: string,
): string | undefined {
  const { element, set } = reference;
  switch (set) {
    case "procedure": {
      const qualifier = segment.component(element, 1);
      if (!HCPCS_QUALIFIERS.includes(qualifier)) return PROCEDURE_SETS[qualifier];
      return procedureSet(code) ?? "hcpcs";
    }
    case "modifier":
      return segment.component(element, 1) === "HC" ? set : undefined;
    case "icd10cm":
      return segment.component(element, 1).startsWith("A") ? set : undefined;
    case "icd10pcs":
      return segment.component(element, 1).startsWith("BB") ? set : undefined;
    case "rarc":
      return segment.id === "LQ" && segment.element(1) !== "HE" ? undefined : set;
    case "taxonomy":
      return segment.element(2) === "PXC" ? set : undefined;
    case "claim-frequency":
      // Institutional claims have more of them, by the type of bill.
      return segment.component(5, 2) === "B" ? set : "bill-frequency";
    case "claim-status":
      return segment.component(element, 4) === "RX" ? undefined : set;
    default:
      return set;
  }
}
