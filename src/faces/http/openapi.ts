import { meaningOf, type Permission } from "../../app/access.ts";
import { isPermission, type Route } from "./route.ts";
import { PROBLEM } from "./schemas.ts";

/** The OpenAPI 3.1 document of these routes: the table in another spelling, nothing added by hand. */
export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Claimwright",
      version,
      description: "Claims billing engine. Money is in whole US cents; dates are ISO dates.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key: `cw_…`" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "claimwright",
          description: "A person's session; changes also need the X-CSRF-Token header",
        },
      },
    },
  };
}

/** The path as OpenAPI writes it: `/claims/{id}` for `/claims/:id`. */
function openApiPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, "{$1}");
}

function operation(route: Route): object {
  const { access, answer, body } = route;
  const problem = { $ref: "#/components/schemas/Problem" };
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: `${route.method}${route.path.replaceAll(/[^A-Za-z0-9]+/g, "-")}`,
    security: securityOf(access),
    ...(isPermission(access)
      ? { description: descriptionOf(route, access), "x-permission": access }
      : {}),
    parameters: [...parameters(route.params, "path"), ...parameters(route.query, "query")],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              body.mediaTypes.map((type) => [type, body.schema ? { schema: body.schema } : {}]),
            ),
          },
        }),
    responses: {
      [answer.status]: {
        description: answer.meaning,
        ...(answer.schema === undefined
          ? {}
          : { content: { "application/json": { schema: answer.schema } } }),
      },
      default: {
        description: "A problem (RFC 9457)",
        content: { "application/problem+json": { schema: problem } },
      },
    },
  };
}

function descriptionOf({ reauthenticate }: Route, access: Permission): string {
  const proof = " A person must have given password and code within the last five minutes.";
  return `Needs \`${access}\`: ${meaningOf(access)}.${reauthenticate ? proof : ""}`;
}

function securityOf(access: Route["access"]): object[] {
  if (access === "public") return [];
  return isPermission(access) ? [{ key: [] }, { session: [] }] : [{ session: [] }];
}

function parameters(schemas: Route["query"], place: "path" | "query"): object[] {
  return Object.entries(schemas ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path",
    schema,
  }));
}
