/** Finds the top-level fields that a pipeline reads, so that only those are decoded. */
import type { Doc } from "./bson-raw.ts";
import { isDocument } from "./values.ts";

/** Thrown inside this file when the whole document is needed. */
class NeedsWhole extends Error {}

function root(path: string): string {
  return path.split(".")[0] as string;
}

function fromExpression(expression: unknown, fields: Set<string>): void {
  if (typeof expression === "string") {
    if (/^\$\$(ROOT|CURRENT)/.test(expression)) throw new NeedsWhole();
    if (/^\$[^$]/.test(expression)) fields.add(root(expression.slice(1)));
  } else if (Array.isArray(expression)) {
    for (const item of expression) fromExpression(item, fields);
  } else if (isDocument(expression)) {
    for (const [name, value] of Object.entries(expression)) {
      if (name !== "$literal") fromExpression(value, fields);
    }
  }
}

function fromFilter(filter: unknown, fields: Set<string>): void {
  if (!isDocument(filter)) throw new NeedsWhole();
  for (const [name, value] of Object.entries(filter)) {
    if (name === "$expr") fromExpression(value, fields);
    else if (name.startsWith("$")) {
      if (!Array.isArray(value)) throw new NeedsWhole();
      for (const part of value) fromFilter(part, fields);
    } else fields.add(root(name));
  }
}

/** For each stage: what it reads, and whether nothing of the document goes beyond it. */
const STAGES: Readonly<Record<string, (spec: unknown, fields: Set<string>) => boolean>> = {
  $match: (spec, fields) => {
    fromFilter(spec, fields);
    return false;
  },
  $sort: (spec, fields) => {
    for (const path of Object.keys(spec as Doc)) fields.add(root(path));
    return false;
  },
  $limit: () => false,
  $skip: () => false,
  $unwind: (spec, fields) => {
    fromExpression(isDocument(spec) ? spec.path : spec, fields);
    return false;
  },
  $addFields: (spec, fields) => {
    fromExpression(Object.values(spec as Doc), fields);
    for (const path of Object.keys(spec as Doc)) fields.add(root(path));
    return false;
  },
  $group: (spec, fields) => {
    fromExpression(spec, fields);
    return true;
  },
  $sortByCount: (spec, fields) => {
    fromExpression(spec, fields);
    return true;
  },
  $count: () => true,
};

/** Returns the top-level fields that the stages read, or null where the whole document is needed. */
export function dependencies(stages: readonly Doc[]): string[] | null {
  const fields = new Set<string>();
  try {
    for (const stage of stages) {
      const [name, spec] = Object.entries(stage)[0] ?? ["", null];
      const read = STAGES[name === "$set" ? "$addFields" : name];
      if (!read) return null;
      if (read(spec, fields)) return [...fields];
    }
  } catch (error) {
    if (!(error instanceof NeedsWhole)) throw error;
  }
  return null;
}
