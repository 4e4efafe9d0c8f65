/** What stands before the first billing provider of an 837: BHT and loops 1000A and 1000B. */
import { codes, date, id, R, reference, S, tm } from "../elements.ts";
import type { GuideLoop, GuideSegment } from "../guide.ts";
import { PURPOSE, STRUCTURE, TRANSACTION_KIND } from "../meanings/claims.ts";
import { loop, nm1, per, segment } from "../segments.ts";

/** BHT. */
export const beginning: GuideSegment = segment("BHT", "Beginning of the transaction", R, 1, [
  id("Structure", R, 4, 4, codes("0019"), STRUCTURE),
  id("Original or repeated", R, 2, 2, codes("00 18"), PURPOSE),
  reference("Batch reference", R),
  date("Date created", R),
  tm("Time created", R, 4, 8),
  id("Claims or encounters", R, 2, 2, codes("31 CH RP"), TRANSACTION_KIND),
]);

/** Loop 1000A. */
export const submitter: GuideLoop = loop("1000A", "Submitter", R, 1, [
  nm1("Submitter", R, "41", { kinds: "1 2", last: R, id: [R, "46"] }),
  per("Submitter's contact", R, 2, "IC", S, [
    [R, "EM FX TE"],
    [S, "EM EX FX TE"],
    [S, "EM EX FX TE"],
  ]),
]);

/** Loop 1000B. */
export const receiver: GuideLoop = loop("1000B", "Receiver", R, 1, [
  nm1("Receiver", R, "40", { kinds: "2", last: R, id: [R, "46"] }),
]);
