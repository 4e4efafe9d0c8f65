import { expect } from "chai";
import { splitSchema } from "../../../src/billing/intake/split-schema.ts";
import { readSchema } from "../../../src/platform/config/index.ts";

/** The schema with what its references name put back in their place. */
function joined(schema: unknown, definitions: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(schema)) return schema.map((each) => joined(each, definitions));
  if (typeof schema !== "object" || schema === null) return schema;
  const { $ref, $defs, ...rest } = schema as Readonly<Record<string, unknown>>;
  const named = typeof $ref === "string" ? definitions[$ref.slice("#/$defs/".length)] : undefined;
  const whole = { ...(named as object | undefined), ...rest };
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => [name, joined(value, definitions)]),
  );
}

describe("splitSchema", () => {
  it("says the same of an encounter, structure by structure", () => {
    const schema = readSchema("encounter") as { $defs: Readonly<Record<string, unknown>> };
    const split = splitSchema(schema);
    const definitions = split.$defs as Readonly<Record<string, unknown>>;
    expect(joined(split, definitions)).to.deep.equal(joined(schema, schema.$defs));
    expect(JSON.stringify(split.properties)).not.to.contain('"object"');
  });
});
