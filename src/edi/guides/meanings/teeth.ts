/** Teeth by the universal numbering of the ADA: 1 to 32, and A to T for those of children. */
import { meanings } from "./table.ts";

/** From the upper right around to the lower right, as one looks at the patient. */
export const TOOTH = meanings(`
  1 Upper right third molar
  2 Upper right second molar
  3 Upper right first molar
  4 Upper right second premolar
  5 Upper right first premolar
  6 Upper right canine
  7 Upper right lateral incisor
  8 Upper right central incisor
  9 Upper left central incisor
  10 Upper left lateral incisor
  11 Upper left canine
  12 Upper left first premolar
  13 Upper left second premolar
  14 Upper left first molar
  15 Upper left second molar
  16 Upper left third molar
  17 Lower left third molar
  18 Lower left second molar
  19 Lower left first molar
  20 Lower left second premolar
  21 Lower left first premolar
  22 Lower left canine
  23 Lower left lateral incisor
  24 Lower left central incisor
  25 Lower right central incisor
  26 Lower right lateral incisor
  27 Lower right canine
  28 Lower right first premolar
  29 Lower right second premolar
  30 Lower right first molar
  31 Lower right second molar
  32 Lower right third molar
  A Upper right primary second molar
  B Upper right primary first molar
  C Upper right primary canine
  D Upper right primary lateral incisor
  E Upper right primary central incisor
  F Upper left primary central incisor
  G Upper left primary lateral incisor
  H Upper left primary canine
  I Upper left primary first molar
  J Upper left primary second molar
  K Lower left primary second molar
  L Lower left primary first molar
  M Lower left primary canine
  N Lower left primary lateral incisor
  O Lower left primary central incisor
  P Lower right primary central incisor
  Q Lower right primary lateral incisor
  R Lower right primary canine
  S Lower right primary first molar
  T Lower right primary second molar
`);
