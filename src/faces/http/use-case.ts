import type { Actor, App } from "../../app/context.ts";

/** One page of a list, and the cursor of the next; null on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Where a list begins and how long a page of it is. */
export interface Paging {
  readonly cursor?: string;
  readonly limit?: number;
}

/** What taking in a file, or encounters, came to: one event a thing that happened, and the sums. */
export interface Outcome {
  readonly events: readonly object[];
  readonly summary: object;
}

/** A use case that is given one thing: an id, a filter, what to record. */
export type UseCase<Input, Answer> = (app: App, actor: Actor, input: Input) => Promise<Answer>;

/** A use case that needs nothing but who asks. */
export type Question<Answer> = (app: App, actor: Actor) => Promise<Answer>;

/** A use case that does something to what has this id. */
export type Act<Input, Answer> = (
  app: App,
  actor: Actor,
  id: string,
  input: Input,
) => Promise<Answer>;
