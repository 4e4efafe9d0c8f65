import type { Actor, App } from "../context.ts";
import type { Tell } from "../events.ts";
import type { Counts } from "./ingest-summary.ts";

/** What everyone who takes sets out of one file works with. */
export interface IngestDesk {
  readonly app: App;
  readonly actor: Actor;
  /** The stored file that the sets come from. */
  readonly fileId: string;
  readonly counts: Counts;
  readonly tell: Tell;
}
