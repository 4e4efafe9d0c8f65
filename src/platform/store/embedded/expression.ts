/** Compiles aggregation expressions to functions over decoded documents. */
import { type Doc, decode, int32At, type ValueTest } from "./bson-raw.ts";
import { fault } from "./errors.ts";
import { EXPRESSIONS, isTruthy } from "./expression-operators.ts";
import { isDocument } from "./values.ts";

/** The variables in reach of an expression, such as `$$this`. */
export type Variables = Readonly<Record<string, unknown>>;
/** An expression, ready to be asked of a document; undefined means missing. */
export type Expression = (root: Doc, variables: Variables) => unknown;

/** No variables. */
export const NO_VARIABLES: Variables = {};

/** Returns the value at a path, mapping over arrays as aggregation does. */
export function valueAtPath(value: unknown, path: readonly string[], from = 0): unknown {
  let current = value;
  for (let i = from; i < path.length; i++) {
    if (Array.isArray(current)) {
      const rest = i;
      return current.map((e) => valueAtPath(e, path, rest)).filter((e) => e !== undefined);
    }
    if (!isDocument(current)) return undefined;
    current = Object.hasOwn(current, path[i] as string) ? current[path[i] as string] : undefined;
  }
  return current;
}

function compileText(text: string): Expression {
  if (!text.startsWith("$")) return () => text;
  if (!text.startsWith("$$")) {
    const path = text.slice(1).split(".");
    if (path.some((step) => step === "")) throw fault(40353, "FieldPath must not have empty parts");
    const [only] = path;
    if (path.length === 1 && only)
      return (root) => (Object.hasOwn(root, only) ? root[only] : undefined);
    return (root) => valueAtPath(root, path);
  }
  const [name = "", ...path] = text.slice(2).split(".");
  if (name === "ROOT" || name === "CURRENT") return (root) => valueAtPath(root, path);
  if (name === "NOW") {
    const now = new Date();
    return () => now;
  }
  if (name === "REMOVE") return () => undefined;
  if (!/^[a-z]/.test(name)) throw fault(17276, `Use of undefined variable: ${name}`);
  return (_root, variables) => {
    if (!Object.hasOwn(variables, name)) throw fault(17276, `Use of undefined variable: ${name}`);
    return valueAtPath(variables[name], path);
  };
}

function compileObject(fields: Doc): Expression {
  const compiled = Object.entries(fields).map(
    ([name, value]) => [name, compileExpression(value)] as const,
  );
  return (root, variables) => {
    const out: Doc = {};
    for (const [name, evaluate] of compiled) {
      const value = evaluate(root, variables);
      if (value !== undefined) out[name] = value;
    }
    return out;
  };
}

/** Returns the compiled form of an expression, or refuses it with MongoDB's code. */
export function compileExpression(expression: unknown): Expression {
  if (typeof expression === "string") return compileText(expression);
  if (Array.isArray(expression)) {
    const items = expression.map(compileExpression);
    return (root, variables) => items.map((item) => item(root, variables) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const [name] = Object.keys(expression);
  if (name === undefined || !name.startsWith("$")) return compileObject(expression);
  if (Object.keys(expression).length !== 1) {
    throw fault(15983, "An object representing an expression must have exactly one field");
  }
  const operator = EXPRESSIONS[name];
  if (!operator) throw fault(168, `Unrecognized expression '${name}'`);
  return operator(expression[name], compileExpression);
}

/** Returns `$expr` as a test of raw documents. */
export function compileCondition(expression: unknown): ValueTest {
  const evaluate = compileExpression(expression);
  return (b, _t, o) => isTruthy(evaluate(decode(b.subarray(o, o + int32At(b, o))), NO_VARIABLES));
}
