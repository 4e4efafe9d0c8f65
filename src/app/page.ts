import { OperatingError } from "./errors.ts";

/** One page of a list, and the cursor of the next; null on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Where a list begins and how long a page of it is. */
export interface Paging {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const DEFAULT = 100;
const MAX = 1000;

/** How many items a page holds; an impossible number is refused. */
export function pageSize({ limit = DEFAULT }: Paging): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX) {
    throw new OperatingError("invalid", `A page holds 1 to ${MAX} items.`);
  }
  return limit;
}

/** A page out of one item more than it holds, which says whether another page follows. */
export function pageOf<Item>(
  items: readonly Item[],
  limit: number,
  cursor: (item: Item) => string,
): Page<Item> {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: items.length > limit && last !== undefined ? cursor(last) : null };
}
