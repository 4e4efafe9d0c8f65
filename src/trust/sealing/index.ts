/**
 * Sealing: patient data at rest can be read only with keys that the database does not hold
 * (45 CFR 164.312(a)(2)(iv), encryption; (c)(1), integrity).
 *
 * Terminology
 * - key ring: the keys of an installation; one of them is current.
 * - seal: encrypt so that a change is noticed, bound to the place where it stands.
 * - place: collection, practice, document and field.
 * - blind index: a key under which a value is found without being told.
 */
export { blindIndex, type SearchKind } from "./blind-index.ts";
export {
  BadKeyRing,
  type KeyRing,
  newKeyRing,
  readKeyRing,
  withNewKey,
  withoutOldKeys,
  writeKeyRing,
} from "./key-ring.ts";
export { CannotOpen, keyIdOf, open, type Place, seal } from "./seal.ts";
export { openStream, sealStream, streamKeyId } from "./seal-stream.ts";
