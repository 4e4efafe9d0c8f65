/** One page of a list, and the cursor of the next; null on the last. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** How many of a list are asked for at once. */
const AT_ONCE = 1000;

/** Everything of a list, page by page. */
export async function* everyPage<Item>(
  ask: (paging: { readonly cursor?: string; readonly limit: number }) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const { items, next } = await ask({ ...from, limit: AT_ONCE });
    yield* items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
