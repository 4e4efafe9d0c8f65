/** The data types of X12.6 as predicates on what an element holds. */
const ZERO_DIGIT = 48;
const DAYS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The characters of a value that count: not the sign and decimal point of a number (X12.6). */
export function widthOf(value: string, type: string): number {
  if (type !== "R" && type !== "N0" && type !== "N2") return value.length;
  let width = value.length;
  if (value.startsWith("-")) width -= 1;
  if (type === "R" && value.includes(".")) width -= 1;
  return width;
}

/** Type R: digits with at most one decimal point, and a leading minus sign. */
export function isDecimal(value: string): boolean {
  return /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(value);
}

/** Types N0 and N2: digits, and a leading minus sign. */
export function isInteger(value: string): boolean {
  return /^-?[0-9]+$/.test(value);
}

/** Types AN and ID: printable characters, not all of them spaces. */
export function isText(value: string): boolean {
  let blank = true;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 32 || code === 127) return false;
    if (code !== 32) blank = false;
  }
  return !blank;
}

/** Type DT: YYMMDD or CCYYMMDD, a day of the calendar. */
export function isDate(value: string): boolean {
  return /^(?:[0-9]{6}|[0-9]{8})$/.test(value) && isDay(Number(value), value.length === 6);
}

/** The same of what stands in bytes from `start` to `end`. */
export function isDateAt(bytes: Uint8Array, start: number, end: number): boolean {
  const width = end - start;
  if (width !== 8 && width !== 6) return false;
  let digits = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO_DIGIT;
    if (digit < 0 || digit > 9) return false;
    digits = digits * 10 + digit;
  }
  return isDay(digits, width === 6);
}

/** Whether digits that are read as one number name a day; without a century, any February 29 is. */
function isDay(digits: number, withoutCentury: boolean): boolean {
  const day = digits % 100;
  const month = Math.floor(digits / 100) % 100;
  if (day <= 28) return day >= 1 && month >= 1 && month <= 12;
  const year = Math.floor(digits / 10_000);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 || withoutCentury;
  return day <= (month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0));
}

/** Type TM: HHMM, HHMMSS, and tenths or hundredths behind them. */
export function isTime(value: string): boolean {
  return /^(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9][0-9]{0,2})?$/.test(value);
}

/** Whether the value is written as a format qualifier says (data element 1250); others pass. */
export function isFormatted(value: string, format: string): boolean {
  switch (format) {
    case "D8":
      return value.length === 8 && isDate(value);
    case "D6":
      return value.length === 6 && isDate(value);
    case "RD8": {
      const [from = "", to = ""] = value.split("-");
      return value.length === 17 && from.length === 8 && isDate(from) && isDate(to) && from <= to;
    }
    case "DT":
      return value.length === 12 && isDate(value.slice(0, 8)) && isTime(value.slice(8));
    case "TM":
      return isTime(value);
    default:
      return true;
  }
}
