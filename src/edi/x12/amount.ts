/** X12 decimal (type R): 18 digits at most for element 782, which leaves 16 of them for dollars. */
const WHOLE_DIGITS_MAX = 16;
const FRACTION_DIGITS_MAX = 9;
const [MINUS, POINT, ZERO_DIGIT] = [45, 46, 48];

/**
 * A decimal amount ("109.2", "-5", ".50") as hundredths of its unit, a safe integer; undefined when
 * it is not a plain decimal, has a fraction of a hundredth, or is too large to be held exactly. It
 * stands within a larger text, from `start` to before `end`.
 */
export function hundredthsIn(text: string, start: number, end: number): number | undefined {
  const negative = start < end && text.charCodeAt(start) === MINUS;
  const first = negative ? start + 1 : start;
  let value = 0;
  let at = first;
  while (at < end) {
    const digit = text.charCodeAt(at) - ZERO_DIGIT;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    at += 1;
  }
  const whole = at - first;
  let fraction = 0;
  if (at < end) {
    if (text.charCodeAt(at) !== POINT) return undefined;
    const point = at;
    for (at += 1; at < end; at += 1) {
      const digit = text.charCodeAt(at) - ZERO_DIGIT;
      if (digit < 0 || digit > 9) return undefined;
      // Digits behind the cents must be zeros.
      if (at - point <= 2) value = value * 10 + digit;
      else if (digit !== 0) return undefined;
    }
    fraction = end - point - 1;
  }
  if (whole + fraction === 0) return undefined;
  if (whole > WHOLE_DIGITS_MAX || fraction > FRACTION_DIGITS_MAX) return undefined;
  if (fraction < 2) value *= fraction === 0 ? 100 : 10;
  if (!Number.isSafeInteger(value)) return undefined;
  // Zero has no sign.
  return negative && value !== 0 ? -value : value;
}
