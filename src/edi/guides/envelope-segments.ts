/** The segments of the envelopes, named as a guide names those of its sets (X12.5, X12.22). */
import { an, date, id, n0, R, S, tm } from "./elements.ts";
import type { GuideSegment } from "./guide.ts";
import { GROUP, TRANSACTION_SET } from "./meanings/acknowledgements.ts";
import { meanings } from "./meanings/table.ts";
import { segment } from "./segments.ts";
import { guideTa1 } from "./ta1.ts";

const AUTHORIZATION = meanings(`
  00 None
  03 Additional data identification
`);

const SECURITY = meanings(`
  00 None
  01 Password
`);

/** I05: whose list the identifier of a sender or receiver is from. */
const PARTY = meanings(`
  01 D-U-N-S number
  14 D-U-N-S number with a suffix
  20 Health industry number
  27 Number of a Medicare intermediary
  28 Number of a Medicare carrier
  29 Number of the Medicare provider
  30 Federal tax id
  33 Number of the insurance commissioners (NAIC)
  ZZ Agreed between the partners
`);

const REQUESTED = meanings(`
  0 No TA1 is asked for
  1 A TA1 is asked for
`);

const USAGE = meanings(`
  I Information
  P Production
  T Test
`);

const AGENCY = meanings(`
  T Transportation Data Coordinating Committee
  X Accredited Standards Committee X12
`);

const SEGMENTS: readonly GuideSegment[] = [
  segment("ISA", "Interchange", R, 1, [
    id("Kind of authorization", R, 2, 2, undefined, AUTHORIZATION),
    an("Authorization", S, 10, 10),
    id("Kind of security", R, 2, 2, undefined, SECURITY),
    an("Password", S, 10, 10),
    id("Kind of sender", R, 2, 2, undefined, PARTY),
    an("Sender", R, 15, 15),
    id("Kind of receiver", R, 2, 2, undefined, PARTY),
    an("Receiver", R, 15, 15),
    { ...date("Date", R), min: 6, max: 6 },
    tm("Time", R, 4, 4),
    an("Repetition separator", R, 1, 1),
    an("Version of the interchange", R, 5, 5),
    n0("Control number", R, 9, 9),
    id("Acknowledgment", R, 1, 1, undefined, REQUESTED),
    id("Usage", R, 1, 1, undefined, USAGE),
    an("Component separator", R, 1, 1),
  ]),
  segment("GS", "Functional group", R, 1, [
    id("Kind of group", R, 2, 2, undefined, GROUP),
    an("Sender", R, 2, 15),
    an("Receiver", R, 2, 15),
    date("Date", R),
    tm("Time", R, 4, 8),
    n0("Control number", R, 1, 9),
    id("Agency", R, 1, 2, undefined, AGENCY),
    an("Guide", R, 1, 12),
  ]),
  segment("ST", "Start of the transaction set", R, 1, [
    id("Transaction set", R, 3, 3, undefined, TRANSACTION_SET),
    an("Control number", R, 4, 9),
    an("Guide", S, 1, 35),
  ]),
  segment("SE", "End of the transaction set", R, 1, [
    n0("Number of segments", R, 1, 10),
    an("Control number", R, 4, 9),
  ]),
  segment("GE", "End of the functional group", R, 1, [
    n0("Number of transaction sets", R, 1, 6),
    n0("Control number", R, 1, 9),
  ]),
  segment("IEA", "End of the interchange", R, 1, [
    n0("Number of functional groups", R, 1, 5),
    n0("Control number", R, 9, 9),
  ]),
  ...guideTa1.root.children.filter((child) => child.kind === "segment"),
];

const byId = new Map(SEGMENTS.map((each) => [each.id, each]));

/** What a segment of the envelopes holds; undefined for any other. */
export function envelopeSegment(segmentId: string): GuideSegment | undefined {
  return byId.get(segmentId);
}
