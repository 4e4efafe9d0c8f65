/** One code of HI (composite C022): a diagnosis, a procedure, an occurrence, a value … */
import { an, codes, composite, id, money, R, unused } from "./elements.ts";
import type { GuideElement, Usage } from "./guide.ts";
import { CODE_LIST, PRESENT_ON_ADMISSION } from "./meanings/claims.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";

/** What stands with a code of HI: a date and its format, an amount, presence on admission. */
export interface CodeShape {
  readonly format?: string;
  readonly amount?: Usage;
  readonly present?: Usage;
}

/** HI: one code (composite C022). */
export function code(
  name: string,
  usage: Usage,
  qualifiers: string,
  codeSet?: string,
  shape: CodeShape = {},
): GuideElement {
  const { format, amount, present } = shape;
  return composite(name, usage, [
    id("Kind of code", R, 1, 3, codes(qualifiers), CODE_LIST),
    an("Code", R, 1, 30, codeSet),
    ...(format === undefined
      ? unused(2)
      : [
          id("Format of the date", R, 2, 3, codes(format), DATE_FORMAT),
          an("Date or range of dates", R, 1, 35),
        ]),
    ...(amount === undefined ? unused(1) : [money("Amount", amount)]),
    ...unused(3),
    ...(present === undefined
      ? unused(1)
      : [id("Present on admission", present, 1, 1, PRESENT_ON_ADMISSION)]),
  ]);
}
