/** What requests for the status of claims (276), answers (277) and acknowledgments (277CA) share. */
import { an, codes, composite, date, id, R, reference, S, tm, unused } from "./elements.ts";
import type { GuideElement, GuideLoop, GuideSegment, Usage } from "./guide.ts";
import { CODE_LIST, PURPOSE, STRUCTURE, TRANSACTION_KIND } from "./meanings/claims.ts";
import { ROLE } from "./meanings/parties.ts";
import { TRACE } from "./meanings/references.ts";
import { loop, type NameShape, nm1, ref, segment } from "./segments.ts";

/** BHT: structure, purpose, and what kind of transaction it is, where the guide uses that. */
export function beginning(structure: string, purpose: string, kind?: string): GuideSegment {
  return segment("BHT", "Beginning of the transaction", R, 1, [
    id("Structure", R, 4, 4, codes(structure), STRUCTURE),
    id("Purpose", R, 2, 2, codes(purpose), PURPOSE),
    reference("Reference", R),
    date("Date created", R),
    tm("Time created", R, 4, 8),
    kind === undefined
      ? id("Kind of transaction", "N", 2, 2)
      : id("Kind of transaction", R, 2, 2, codes(kind), TRANSACTION_KIND),
  ]);
}

/** TRN: whose reference it is, and the reference. */
export function trace(name: string, kind: string): GuideSegment {
  return segment("TRN", name, R, 1, [
    id("Kind of trace", R, 1, 2, [kind], TRACE),
    reference("Reference", R),
    ...unused(2),
  ]);
}

/** One status of STC (composite C043); `pharmacy` where it may be one of a pharmacy claim. */
export function status(
  name: string,
  usage: Usage,
  entities: readonly string[],
  pharmacy?: "pharmacy",
): GuideElement {
  return composite(name, usage, [
    an("Category", R, 1, 30, "claim-status-category"),
    an("Status", R, 1, 30, "claim-status"),
    id("Who is meant", S, 2, 3, entities, ROLE),
    ...(pharmacy === undefined
      ? unused(1)
      : [id("List of the status", S, 1, 3, codes("RX"), CODE_LIST)]),
  ]);
}

/** A loop that holds a name and nothing else. */
export function nameLoop(
  loopId: string,
  name: string,
  repeat: number,
  role: string,
  shape: NameShape,
): GuideLoop {
  return loop(loopId, name, R, repeat, [nm1(name, R, role, shape)]);
}

/** REF*1K. */
export const payerClaimControlNumber: GuideSegment = ref("Payer claim control number", S, 1, "1K");
/** REF*BLT. */
export const typeOfBill: GuideSegment = ref("Type of bill", S, 1, "BLT");
/** REF*D9. */
export const clearinghouseNumber: GuideSegment = ref("Clearinghouse's claim number", S, 1, "D9");
