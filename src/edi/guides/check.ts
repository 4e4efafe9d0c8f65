import {
  type Finding,
  isDate,
  isDecimal,
  isFormatted,
  isInteger,
  isText,
  isTime,
  keep,
  type Segment,
  widthOf,
} from "../x12/index.ts";
import type { GuideElement, GuideSegment } from "./guide.ts";
import { DATE_FORMAT } from "./meanings/dates.ts";
import { isKnownCode } from "./standard.ts";
import { brokenNotes } from "./syntax-note.ts";

/** One segment under examination and where what is found goes. */
interface Examination {
  readonly segment: Segment;
  readonly guide: GuideSegment;
  readonly loop: string;
  readonly findings: Finding[];
  /** The elements read so far; `values[1]` is element 1. */
  readonly values: string[];
}

/** Where in the segment a value stands; 0 for a component or repetition that does not count. */
interface Place {
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
}

/** Adds what is wrong with the elements of a segment, as the guide uses it there (IK403 codes). */
export function checkSegment(
  segment: Segment,
  guide: GuideSegment,
  loop: string,
  findings: Finding[],
): void {
  const examination: Examination = { segment, guide, loop, findings, values: [segment.id] };
  const count = segment.elementCount;
  const { elements } = guide;
  const values = examination.values;
  for (let number = 1; number <= elements.length; number += 1) {
    const value = segment.element(number);
    values.push(value);
    const element = elements[number - 1];
    if (element === undefined || (value === "" && element.usage !== "R")) continue;
    checkElement(examination, element, number, value);
  }
  if (count > elements.length) {
    const place = { element: elements.length + 1, component: 0, repetition: 0 };
    const message = `${segment.id} has ${count} elements; ${elements.length} are allowed.`;
    tell(examination, place, "too-many-elements", "3", 1, message);
  }
  if (guide.syntax === undefined) return;
  for (const { note, element } of brokenNotes(guide.syntax, values)) {
    const usage = elements[element - 1]?.usage;
    if (usage === "R" || usage === "N") continue;
    const excludes = note.startsWith("E");
    const place = { element, component: 0, repetition: 0 };
    const message = excludes
      ? `${nameOf(segment, place)} excludes another element that is present (${note}).`
      : `${nameOf(segment, place)} is required together with other elements (${note}).`;
    tell(examination, place, "syntax-note-broken", excludes ? "10" : "2", 1, message);
  }
}

function checkElement(
  examination: Examination,
  element: GuideElement,
  number: number,
  value: string,
): void {
  const place = { element: number, component: 0, repetition: 0 };
  if (!isUsed(examination, element, place, value)) return;
  const { repetition } = examination.segment.delimiters;
  if (repetition === undefined || !value.includes(repetition)) {
    checkOne(examination, element, place, value);
    return;
  }
  const values = value.split(repetition);
  const limit = element.repeat ?? 1;
  if (values.length > limit) {
    const name = nameOf(examination.segment, place);
    const message = `${name} repeats ${values.length} times; ${limit} allowed.`;
    tell(examination, place, "too-many-repetitions", "12", 1, message);
  }
  values.forEach((one, index) => {
    const which = { ...place, repetition: index + 1 };
    if (one !== "") checkOne(examination, element, which, one);
    else {
      const message = `${nameOf(examination.segment, place)} has a repetition that holds nothing.`;
      tell(examination, which, "repetition-empty", "I11", 1, message);
    }
  });
}

function checkOne(
  examination: Examination,
  element: GuideElement,
  place: Place,
  value: string,
): void {
  if (element.components === undefined) checkSimple(examination, element, place, value);
  else checkComposite(examination, element.components, place, value);
}

/** Usage: false when there is nothing more to check. */
function isUsed(
  examination: Examination,
  element: GuideElement,
  place: Place,
  value: string,
): boolean {
  const { usage, name } = element;
  if (value === "") {
    if (usage !== "R") return false;
    const message = `${nameOf(examination.segment, place)} (${name}) is required.`;
    tell(examination, place, "required-element-missing", "1", 2, message);
    return false;
  }
  if (usage !== "N") return true;
  const message = `${nameOf(examination.segment, place)} (${name}) is not used by the guide.`;
  tell(examination, place, "element-not-used", "I10", 2, message);
  return false;
}

function checkComposite(
  examination: Examination,
  components: readonly GuideElement[],
  place: Place,
  value: string,
): void {
  const parts = value.split(examination.segment.delimiters.component);
  if (parts.length > components.length) {
    const name = nameOf(examination.segment, place);
    const message = `${name} has ${parts.length} components; ${components.length} are allowed.`;
    tell(examination, place, "too-many-components", "13", 1, message);
  }
  for (let index = 0; index < components.length; index += 1) {
    const component = components[index];
    const part = parts[index] ?? "";
    if (component === undefined || (part === "" && component.usage !== "R")) continue;
    const { element, repetition } = place;
    const where = { element, component: index + 1, repetition };
    if (isUsed(examination, component, where, part)) {
      checkSimple(examination, component, where, part);
      checkFormat(examination, components[index - 1], parts[index - 1] ?? "", where, part);
    }
  }
}

function checkSimple(
  examination: Examination,
  element: GuideElement,
  place: Place,
  value: string,
): void {
  const width = widthOf(value, element.type);
  if (width < element.min) {
    const what = described(examination, element, place);
    const message = `${what} has ${width} characters; at least ${element.min} are required.`;
    tell(examination, place, "element-too-short", "4", 1, message);
  } else if (width > element.max) {
    const what = described(examination, element, place);
    const message = `${what} has ${width} characters; at most ${element.max} are allowed.`;
    tell(examination, place, "element-too-long", "5", 1, message);
  }
  checkType(examination, element, place, value);
  if (element.codes !== undefined && !element.codes.includes(value)) {
    const what = described(examination, element, place);
    const message = `${what} holds a code that the guide does not allow here.`;
    const { id } = examination.segment;
    const known = isKnownCode(id, place.element, place.component, value);
    tell(examination, place, "code-not-allowed", known ? "I6" : "7", 2, message);
  }
  if (place.component === 0) {
    const { elements } = examination.guide;
    const before = examination.values[place.element - 1] ?? "";
    checkFormat(examination, elements[place.element - 2], before, place, value);
  }
}

function checkType(
  examination: Examination,
  element: GuideElement,
  place: Place,
  value: string,
): void {
  const fault = faultOfType(element.type, value);
  if (fault === undefined) return;
  const { code, ik403, what } = fault;
  const message = `${described(examination, element, place)} ${what}.`;
  tell(examination, place, code, ik403, 1, message);
}

interface Fault {
  readonly code: string;
  readonly ik403: string;
  readonly what: string;
}

const NO_DATE: Fault = { code: "date-invalid", ik403: "8", what: "is no date" };
const NO_TIME: Fault = { code: "time-invalid", ik403: "9", what: "is no time" };
const CHARACTER: Fault = {
  code: "character-invalid",
  ik403: "6",
  what: "holds characters that its type does not allow",
};

function faultOfType(type: GuideElement["type"], value: string): Fault | undefined {
  switch (type) {
    case "DT":
      return isDate(value) ? undefined : NO_DATE;
    case "TM":
      return isTime(value) ? undefined : NO_TIME;
    case "R":
      return isDecimal(value) ? undefined : CHARACTER;
    case "N0":
    case "N2":
      return isInteger(value) ? undefined : CHARACTER;
    case "B":
      return undefined;
    default:
      return isText(value) ? undefined : CHARACTER;
  }
}

/** A qualifier such as D8 or RD8 says how the value behind it is written (data element 1250). */
function checkFormat(
  examination: Examination,
  qualifier: GuideElement | undefined,
  format: string,
  place: Place,
  value: string,
): void {
  if (qualifier?.meanings !== DATE_FORMAT || qualifier.codes?.includes(format) !== true) return;
  if (isFormatted(value, format)) return;
  const message = `${nameOf(examination.segment, place)} is no date or time as its qualifier says.`;
  tell(examination, place, "date-invalid", format === "TM" ? "9" : "8", 1, message);
}

/** The place and what stands there: `CLM02 (Charge)`. */
function described({ segment }: Examination, { name }: GuideElement, place: Place): string {
  return `${nameOf(segment, place)} (${name})`;
}

/** The place as people write it: `NM109`, `SVC01-2`. */
function nameOf(segment: Segment, { element, component }: Place): string {
  const name = `${segment.id}${String(element).padStart(2, "0")}`;
  return component > 0 ? `${name}-${component}` : name;
}

function tell(
  examination: Examination,
  place: Place,
  code: string,
  ik403: string,
  snip: 1 | 2,
  message: string,
): void {
  keep(examination.findings, {
    severity: "error",
    code,
    snip,
    acknowledgement: { in: "IK403", code: ik403 },
    loop: examination.loop,
    segment: examination.segment.id,
    position: examination.segment.position,
    element: place.element,
    ...(place.component > 0 ? { component: place.component } : {}),
    ...(place.repetition > 0 ? { repetition: place.repetition } : {}),
    message,
  });
}
