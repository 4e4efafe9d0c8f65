/**
 * What a use case tells while it works: one object a thing that happened, each with its `kind`
 * (docs/cli.md). On the command line they are NDJSON lines; over HTTP a list.
 */
export interface Happening {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** Takes what happens, in order. */
export type Tell = (happening: Happening) => void;
