/**
 * Reduces a command to its shape: what it asks the store to be able to do, without any of its values.
 *
 * A shape is one line: the command, then its parts in a fixed order. It has the names of options, of operators and of
 * stages, and says of a filter's plain values only their kind. Two commands of one shape may differ in names of
 * fields, in values, and in how often and in which order they use the same operators; a statement of a bulk write
 * and an index of `createIndexes` each have a shape of their own. So the application has some dozens of shapes and
 * not thousands, and a new one means that the store is asked for a combination it has not been tried on.
 *
 * What any command may carry (session, transaction number, read and write concern, read preference, comment) is left
 * out, but that it runs inside a transaction is not.
 */
import type { Document } from "mongodb";

/** Fields that say how a command travels, not what it asks. */
const CARRIED: ReadonlySet<string> = new Set([
  "lsid",
  "txnNumber",
  "startTransaction",
  "autocommit",
  "readConcern",
  "writeConcern",
  "comment",
]);

const isDocument = (value: unknown): value is Document =>
  value !== null &&
  typeof value === "object" &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

const isOperators = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value)[0]?.startsWith("$") === true;

/** The kind of a plain value in a filter; those that compare by value alone are one kind. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof RegExp || (value as Document)._bsontype === "BSONRegExp") return "regex";
  if (Array.isArray(value)) return "array";
  return isDocument(value) ? "document" : "value";
}

/** What a name of a field says: nothing, that it is a path, or that it has a positional step. */
function kindsOfPath(path: string): string[] {
  const steps = path.split(".").slice(1);
  const special = steps.map((step) => {
    if (step.startsWith("$[") && step.length > 3) return ".$[x]";
    if (step.startsWith("$")) return `.${step}`;
    return /^\d+$/.test(step) ? ".0" : ".a";
  });
  return special;
}

const listed = (names: Iterable<string>): string => {
  const sorted = [...new Set(names)].sort();
  return sorted.length === 0 ? "" : `(${sorted.join(" ")})`;
};

function* filterParts(filter: unknown): Generator<string> {
  if (!isDocument(filter)) return;
  for (const [name, value] of Object.entries(filter)) {
    if (name === "$expr") {
      yield name;
      yield* expressionParts(value);
    } else if (name.startsWith("$")) {
      yield name;
      for (const part of Array.isArray(value) ? value : []) yield* filterParts(part);
    } else {
      yield* kindsOfPath(name);
      yield* conditionParts(value);
    }
  }
}

function* conditionParts(condition: unknown): Generator<string> {
  if (!isOperators(condition)) {
    yield kindOf(condition);
    return;
  }
  for (const [operator, operand] of Object.entries(condition)) {
    yield operator;
    if (operator === "$not") yield* conditionParts(operand);
    else if (operator === "$elemMatch")
      yield* isOperators(operand) ? conditionParts(operand) : filterParts(operand);
    else if (operator === "$in" || operator === "$nin" || operator === "$all") {
      for (const value of Array.isArray(operand) ? operand : []) {
        const kind = kindOf(value);
        if (kind !== "value") yield kind;
      }
    }
  }
}

function* expressionParts(expression: unknown): Generator<string> {
  if (typeof expression === "string") {
    if (expression.startsWith("$$")) yield expression.split(".")[0] as string;
  } else if (Array.isArray(expression)) {
    for (const item of expression) yield* expressionParts(item);
  } else if (isDocument(expression)) {
    for (const [name, value] of Object.entries(expression)) {
      if (name.startsWith("$")) yield name;
      if (name !== "$literal") yield* expressionParts(value);
    }
  }
}

function* projectionParts(projection: unknown): Generator<string> {
  if (!isDocument(projection)) return;
  for (const [name, value] of Object.entries(projection)) {
    yield* kindsOfPath(name);
    if (name === "_id" && (value === 0 || value === false)) yield "no _id";
    else if (value === 0 || value === false) yield "without";
    else if (value === 1 || value === true) yield "with";
    else yield* expressionParts(value);
  }
}

function* updateParts(update: unknown): Generator<string> {
  if (Array.isArray(update)) {
    yield "pipeline";
    return;
  }
  if (!isOperators(update)) {
    yield "replacement";
    return;
  }
  for (const [operator, fields] of Object.entries(update)) {
    yield operator;
    for (const [path, operand] of isDocument(fields) ? Object.entries(fields) : []) {
      yield* kindsOfPath(path);
      if (operator === "$push" || operator === "$addToSet") {
        if (isOperators(operand)) yield* Object.keys(operand);
      } else if (operator === "$pull") {
        if (isOperators(operand)) yield* conditionParts(operand);
        else if (isDocument(operand)) yield* filterParts(operand);
      }
    }
  }
}

function stageShape(stage: Document): string {
  const [[name, spec] = ["", undefined]] = Object.entries(stage);
  if (name === "$match") return name + listed(filterParts(spec));
  if (name === "$project") return name + listed(projectionParts(spec));
  if (name === "$facet") {
    const parts = Object.values(spec as Document).map(pipelineShape);
    return `${name}${listed(parts)}`;
  }
  if (name === "$lookup") {
    const fields = Object.keys(spec as Document).filter((field) => field !== "pipeline");
    const inner = "pipeline" in spec ? [pipelineShape(spec.pipeline)] : [];
    return name + listed([...fields, ...inner]);
  }
  if (name === "$sort") return name + directions(spec);
  const options = name === "$unwind" && isDocument(spec) ? Object.keys(spec) : [];
  return name + listed([...options, ...expressionParts(spec)]);
}

function pipelineShape(pipeline: unknown): string {
  return `[${Array.isArray(pipeline) ? pipeline.map(stageShape).join(" ") : ""}]`;
}

/** The directions of a sort or of an index's key, each once; drivers send either as a Map. */
function directions(fields: unknown): string {
  const all = fields instanceof Map ? [...fields.values()] : Object.values(fields as Document);
  return listed(all.map((way) => (way === 1 || way === -1 ? String(way) : "special")));
}

/** How the content of a field is told; all others are told by name, and booleans by their value. */
const TOLD: Readonly<Record<string, (content: unknown) => string>> = {
  filter: (content) => listed(filterParts(content)),
  query: (content) => listed(filterParts(content)),
  q: (content) => listed(filterParts(content)),
  partialFilterExpression: (content) => listed(filterParts(content)),
  projection: (content) => listed(projectionParts(content)),
  fields: (content) => listed(projectionParts(content)),
  u: (content) => listed(updateParts(content)),
  update: (content) => listed(updateParts(content)),
  pipeline: pipelineShape,
  sort: directions,
  key: (content) => (typeof content === "string" ? "" : directions(content)),
  cursor: (content) => listed(Object.keys(content as Document)),
  explain: (content) => ` ${shapesOf(content as Document)[0]}`,
};

function fieldShape(name: string, content: unknown): string {
  const told = TOLD[name];
  if (told) return name + told(content);
  return typeof content === "boolean" ? `${name}=${content}` : name;
}

/** What one statement of a bulk write says; a delete's limit is no number, but one or all. */
function statementShape(statement: Document): string {
  const { limit, ...rest } = statement;
  const reach = limit === undefined ? "" : ` ${limit === 0 ? "all" : "one"}`;
  return fieldShapes(rest, NOTHING) + reach;
}

function fieldShapes(document: Document, left: ReadonlySet<string>): string {
  return Object.entries(document)
    .filter(([name, value]) => !name.startsWith("$") && !left.has(name) && value !== undefined)
    .map(([name, content]) => fieldShape(name, content))
    .sort()
    .join(" ");
}

/** Commands whose statements are told one by one, and where those are. */
const STATEMENTS: Readonly<Record<string, string>> = {
  update: "updates",
  delete: "deletes",
  createIndexes: "indexes",
};

const NOTHING: ReadonlySet<string> = new Set();

/** Returns the shapes of a command as a driver sends it: one, or one for each kind of statement in it. */
export function shapesOf(command: Document): string[] {
  const [name = ""] = Object.keys(command);
  const bulk = STATEMENTS[name];
  const told = new Set([...CARRIED, name, ...(name === "insert" ? ["documents"] : [])]);
  if (bulk) told.add(bulk);
  const inside = command.autocommit === false ? " in a transaction" : "";
  const head = `${name} ${fieldShapes(command, told)}`.trim();
  if (!bulk) return [head + inside];
  const statements = (command[bulk] as Document[]).map(statementShape);
  return [...new Set(statements)].map((statement) => `${head} ${statement}${inside}`);
}
