import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { openApiDocument } from "../openapi.ts";
import type { Route } from "../route.ts";

const TAG = "documentation";

/** The page that shows the API; its scripts and styles are files of their own, as the content policy asks. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Claimwright API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

const START = `window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/api/openapi.json",
    dom_id: "#api",
    validatorUrl: null,
    requestInterceptor: async (request) => {
      if (request.method === "GET" || request.url.endsWith("/session")) return request;
      const answer = await fetch("/api/v1/session");
      if (answer.ok) request.headers["X-CSRF-Token"] = (await answer.json()).csrfToken;
      return request;
    },
  });
});
`;

function distributed(file: string): Buffer {
  const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return readFileSync(join(folder, file));
}

function asset(name: string, mediaType: string, read: () => string | Buffer): Route {
  let kept: string | Buffer | undefined;
  return {
    method: "get",
    path: `/api/docs/${name}`,
    summary: `A file of the documentation page: ${name}`,
    tag: TAG,
    access: "public",
    answer: { status: 200, meaning: "The file" },
    async handler() {
      kept ??= read();
      return { asset: kept, mediaType };
    },
  };
}

/** Routes that document the API, themselves included; `routes` gives the whole table once it is made. */
export function documentRoutes(routes: () => readonly Route[]): readonly Route[] {
  return [
    {
      method: "get",
      path: "/api/openapi.json",
      summary: "This document",
      tag: TAG,
      access: "public",
      answer: { status: 200, meaning: "OpenAPI 3.1", schema: { type: "object" } },
      handler: async ({ version }) => ({ json: openApiDocument(routes(), version) }),
    },
    {
      method: "get",
      path: "/api/docs",
      summary: "The API as a page to read and try",
      tag: TAG,
      access: "public",
      answer: { status: 200, meaning: "HTML" },
      handler: async () => ({ html: PAGE }),
    },
    asset("swagger-ui.css", "text/css", () => distributed("swagger-ui.css")),
    asset("swagger-ui-bundle.js", "text/javascript", () => distributed("swagger-ui-bundle.js")),
    asset("start.js", "text/javascript", () => START),
  ];
}
