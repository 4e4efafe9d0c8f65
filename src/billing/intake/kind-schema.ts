import type { EncounterKind } from "./encounter-kind.ts";

/** A JSON schema, or a part of one, as parsed. */
type Schema = Readonly<Record<string, unknown>>;

/**
 * The encounter's schema as it holds for one kind of claim: without the properties whose `kinds`
 * do not name it, with what `requiredFor` adds for it, and with what stands under the kind's own
 * name in place of the general.
 */
export function schemaOfKind(schema: object, kind: EncounterKind): Schema {
  return ofKind(schema as Schema, kind);
}

function ofKind(schema: Schema, kind: EncounterKind): Schema {
  const { kinds, requiredFor, professional, institutional, dental, ...general } = schema;
  const own = { professional, institutional, dental }[kind];
  const result: Record<string, unknown> = { ...general, ...(own as Schema | undefined) };
  const added = (requiredFor as Readonly<Record<string, string[]>> | undefined)?.[kind];
  if (added !== undefined) {
    result.required = [...((general.required as string[] | undefined) ?? []), ...added];
  }
  for (const name of ["properties", "$defs"] as const) {
    const within = result[name];
    if (within !== undefined) result[name] = allOfKind(within as Schema, kind);
  }
  if (result.items !== undefined) result.items = ofKind(result.items as Schema, kind);
  return result;
}

function allOfKind(schemas: Schema, kind: EncounterKind): Schema {
  const kept = Object.entries(schemas as Readonly<Record<string, Schema>>).filter(
    ([, { kinds }]) => kinds === undefined || (kinds as string[]).includes(kind),
  );
  return Object.fromEntries(kept.map(([name, schema]) => [name, ofKind(schema, kind)]));
}
