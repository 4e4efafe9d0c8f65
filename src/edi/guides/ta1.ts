/** TA1, interchange acknowledgment: a segment of the interchange itself, outside any group. */
import { dt, id, n0, R, tm } from "./elements.ts";
import type { Guide } from "./guide.ts";
import { INTERCHANGE_NOTE, INTERCHANGE_VERDICT } from "./meanings/acknowledgements.ts";
import { loop, MANY, segment } from "./segments.ts";

/** The TA1 as data (X12.5 interchange control structure, version 00501). */
export const guideTa1: Guide = {
  transactionSet: "TA1",
  versions: ["00501"],
  name: "TA1",
  functionalIdentifier: "",
  unitLoops: [],
  root: loop("TA1", "Acknowledgment of an interchange", R, 1, [
    segment("TA1", "Interchange acknowledged", R, MANY, [
      n0("Interchange control number", R, 9, 9),
      dt("Date of the interchange", R, 6, 6),
      tm("Time of the interchange", R, 4, 4),
      id("Verdict", R, 1, 1, INTERCHANGE_VERDICT),
      id("Note", R, 3, 3, INTERCHANGE_NOTE),
    ]),
  ]),
};
