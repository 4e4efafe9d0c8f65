/**
 * Retention: what may be destroyed and when, as pure policy (45 CFR 164.316(b)(2)(i)).
 *
 * Terminology
 * - record: a claim with all that belongs to it, or a paper that belongs to no claim.
 * - last effect: the latest instant at which something of a record was created, changed or relied on.
 * - legal hold: a named person's word, with a reason, that records stay whatever their age.
 * - obstacle: what keeps a record from being purged.
 */
export {
  dayOf,
  type Held,
  type KeptRecord,
  keptThrough,
  latestPurgeDay,
  OBSTACLES,
  type Obstacle,
  obstacleTo,
} from "./retention.ts";
