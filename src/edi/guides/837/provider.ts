/** Providers of a claim or line, and the same providers as another payer knows them. */
import { codes, id, R, reference, S, unused } from "../elements.ts";
import type { GuideLoop, GuideSegment } from "../guide.ts";
import { PROVIDER_ROLE } from "../meanings/parties.ts";
import { REFERENCE } from "../meanings/references.ts";
import { address, loop, type NameShape, nm1, per, ref, segment } from "../segments.ts";

/** A person who may be known by an NPI. */
export const PROVIDER_PERSON = { kinds: "1", last: R, suffix: S, id: [S, "XX"] } as const;
/** A person or an organization that may be known by an NPI. */
export const PROVIDER = { kinds: "1 2", last: R, suffix: S, id: [S, "XX"] } as const;
/** An organization that may be known by an NPI. */
export const FACILITY = { kinds: "2", last: R, id: [S, "XX"] } as const;

/** PRV: the taxonomy of a provider in the role `role`. */
export function specialty(name: string, role: string): GuideSegment {
  return segment("PRV", name, S, 1, [
    id("Role", R, 1, 3, codes(role), PROVIDER_ROLE),
    id("Kind of code", R, 2, 3, codes("PXC"), REFERENCE),
    reference("Taxonomy", R, "taxonomy"),
    ...unused(3),
  ]);
}

/** Further numbers of a provider (REF): how many, and of which kinds. */
type Numbers = readonly [repeat: number, qualifiers: string];

/** A provider of the claim: NM1, PRV where the guide uses it, and REF. */
export function provider(
  loopId: string,
  name: string,
  repeat: number,
  role: string,
  shape: NameShape,
  [count, qualifiers]: Numbers,
  roleOfSpecialty?: string,
): GuideLoop {
  return loop(loopId, name, S, repeat, [
    nm1(name, R, role, shape),
    ...(roleOfSpecialty === undefined ? [] : [specialty(`${name}'s specialty`, roleOfSpecialty)]),
    ref(`${name}'s other identifiers`, S, count, qualifiers),
  ]);
}

/** A provider of a service line: as of the claim, and REF04 may name the payer of a number. */
export function lineProvider(
  loopId: string,
  name: string,
  repeat: number,
  role: string,
  shape: NameShape,
  qualifiers: string,
  roleOfSpecialty?: string,
): GuideLoop {
  return loop(loopId, name, S, repeat, [
    nm1(name, R, role, shape),
    ...(roleOfSpecialty === undefined ? [] : [specialty(`${name}'s specialty`, roleOfSpecialty)]),
    ref(`${name}'s other identifiers`, S, 20, qualifiers, "other-payer"),
  ]);
}

/** Where the service was rendered, with whom to call there where the guide uses PER. */
export function serviceFacility(loopId: string, contact: "contact" | undefined): GuideLoop {
  return loop(loopId, "Service facility", S, 1, [
    nm1("Service facility", R, "77", FACILITY),
    ...address("Service facility", R),
    ref("Service facility's other identifiers", S, 3, "0B G2 LU"),
    ...(contact === undefined ? [] : [propertyContact("Service facility's contact")]),
  ]);
}

/** The same for one line. */
export function lineFacility(loopId: string): GuideLoop {
  return loop(loopId, "Service facility", S, 1, [
    nm1("Service facility", R, "77", FACILITY),
    ...address("Service facility", R),
    ref("Service facility's other identifiers", S, 3, "G2 LU", "other-payer"),
  ]);
}

/** A provider by the numbers under which another payer knows it: NM1 without a name, and REF. */
export function otherPayerProvider(
  loopId: string,
  name: string,
  repeat: number,
  role: string,
  kinds: string,
  [count, qualifiers]: Numbers,
): GuideLoop {
  return loop(loopId, `${name} as the other payer knows it`, S, repeat, [
    nm1(name, R, role, { kinds }),
    ref(`${name}'s identifiers`, R, count, qualifiers),
  ]);
}

/** PER: a telephone number and an extension, for claims of property and casualty. */
export function propertyContact(name: string): GuideSegment {
  return per(name, S, 1, "IC", S, [
    [R, "TE"],
    [S, "EX"],
  ]);
}
