import { readFileSync } from "node:fs";

/** The names of the JSON Schemas that users meet. */
export type SchemaName = "encounter" | "payers";

/** A JSON Schema of the folder schemas/, which stands beside src/ and dist/ alike. */
export function readSchema(name: SchemaName): object {
  const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as object;
}
