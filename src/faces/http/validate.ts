import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { InvalidRequest, type Misfit } from "./problem.ts";
import { closed, type Route, type Schema } from "./route.ts";

const MAX_MISFITS = 20;

/** Checks of one route's path, query and body; each throws InvalidRequest with the misfits. */
export interface RouteChecks {
  readonly params: (value: unknown) => Readonly<Record<string, string>>;
  readonly query: (value: unknown) => Readonly<Record<string, string | number | undefined>>;
  readonly body: (value: unknown) => unknown;
}

/** Compiles the schemas of every route once, at start, so that a wrong schema stops the start and not a request. */
export function routeChecker(): (route: Route) => RouteChecks {
  const strict = new Ajv2020({ allErrors: true, strict: true });
  const coercing = new Ajv2020({ allErrors: true, strict: true, coerceTypes: true });
  formats.default(strict);
  formats.default(coercing);
  return (route) => {
    const params = closed(route.params ?? {}, Object.keys(route.params ?? {}));
    const query = closed(route.query ?? {}, []);
    const checkParams = check<Readonly<Record<string, string>>>(strict.compile(params), "path");
    const checkQuery = check<Record<string, string | number>>(coercing.compile(query), "query");
    const checkBody = bodyCheck(strict, coercing, route);
    return {
      params: (value) => checkParams({ ...(value as object) }),
      query: (value) => (route.isQueryOpen ? {} : checkQuery(withoutBlanks(value, query))),
      body: checkBody,
    };
  };
}

function bodyCheck(strict: Ajv2020, coercing: Ajv2020, route: Route): (value: unknown) => unknown {
  const { kind, schema } = route.body ?? {};
  if (schema === undefined) return (value) => value;
  if (kind === "json") return check<unknown>(strict.compile(schema), "body");
  const checkForm = check<unknown>(coercing.compile(schema), "body");
  return (value) => checkForm(withoutBlanks(value, schema));
}

/**
 * A copy without the known fields that are empty: a form sends a field that nobody filled in as an empty one. An unknown
 * field stays, to be refused.
 */
function withoutBlanks(value: unknown, { properties }: Schema): Record<string, unknown> {
  const isBlank = (name: string, field: unknown) =>
    field === "" && Object.hasOwn(properties as object, name);
  const entries = Object.entries(value ?? {}).filter(([name, field]) => !isBlank(name, field));
  return Object.fromEntries(entries);
}

function check<T>(validate: ValidateFunction, place: Misfit["in"]): (value: unknown) => T {
  return (value) => {
    if (validate(value)) return value as T;
    const errors = (validate.errors ?? []).slice(0, MAX_MISFITS);
    throw new InvalidRequest(errors.map((error) => misfit(error, place)));
  };
}

/** Names the rule that fails. The pointer is built of our own schema's names, so it holds no value. */
function misfit(error: ErrorObject, place: Misfit["in"]): Misfit {
  const { instancePath, keyword, params } = error;
  const missing: unknown = params.missingProperty;
  const pointer = typeof missing === "string" ? `${instancePath}/${missing}` : instancePath;
  return { in: place, pointer, rule: keyword };
}
