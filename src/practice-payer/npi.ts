/**
 * A national provider identifier: nine digits and the Luhn digit over them with the prefix 80840.
 */
export function npiOf(nineDigits: string): string {
  return nineDigits + String(checkDigit(nineDigits));
}

/** The same identifier with a check digit that is wrong. */
export function wrongNpi(npi: string): string {
  return npi.slice(0, 9) + String((Number(npi.slice(9)) + 1) % 10);
}

function checkDigit(nineDigits: string): number {
  const digits = `80840${nineDigits}`.split("").reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
