const NPI_DIGITS = 10;
const ZERO_DIGIT = "0".charCodeAt(0);

/**
 * NPIs end in a Luhn check digit over 80840 and the first nine digits (45 CFR 162.406, CMS NPI
 * standard).
 */
export function isNpi(text: string): boolean {
  if (text.length !== NPI_DIGITS) return false;
  let sum = 24;
  for (let index = 0; index < NPI_DIGITS; index += 1) {
    const digit = text.charCodeAt(index) - ZERO_DIGIT;
    if (digit < 0 || digit > 9) return false;
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
