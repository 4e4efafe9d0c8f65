declare const unit: unique symbol;

/** Money: a whole number of US cents, always a safe integer. A float never touches money. */
export type Cents = number & { readonly [unit]: "cents" };

/** The number as cents; asserts that it is a safe integer (programmer error otherwise). */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError("money must be a safe integer of cents");
  return (value === 0 ? 0 : value) as Cents;
}

export const ZERO: Cents = cents(0);

/** The sum of amounts; asserts that it stays a safe integer. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return cents(total);
}

/** The sum of what `amount` says of each item. */
export function sumOf<T>(items: Iterable<T>, amount: (item: T) => Cents): Cents {
  let total = 0;
  for (const item of items) total += amount(item);
  return cents(total);
}

/** The same amount with the other sign; never −0. */
export function negate(amount: Cents): Cents {
  return cents(amount === 0 ? 0 : -amount);
}

/** a + b. */
export function add(a: Cents, b: Cents): Cents {
  return cents(a + b);
}

/** a − b. */
export function subtract(a: Cents, b: Cents): Cents {
  return cents(a - b);
}
