import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { OperatingError } from "../../app/errors.ts";
import type { Route } from "../http/route.ts";
import { ID } from "../http/schemas.ts";
import { PAGE, TAG } from "./viewer.ts";

/** Where `npm run build` puts the page; the same folder whether this runs from src/ or from dist/. */
const FOLDER = fileURLToPath(new URL("../../../dist/page/", import.meta.url));
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
};
const NOT_BUILT = "The page is not built. Run: npm run build";

/** The addresses of the page's rooms. Each is answered with the same document; the page itself looks at the address. */
const ROOMS = ["queue", "claims", "remittances", "desk", "exchange", "figures", "people", "audit"];

const FILES = new Map(
  (existsSync(FOLDER) ? readdirSync(FOLDER) : []).map((name) => [
    name,
    readFileSync(join(FOLDER, name)),
  ]),
);

/** The page that people work in: for whoever is signed in; what it shows it asks of the programming interface. */
export const PAGE_SHELL_ROUTES: readonly Route[] = [
  ...ROOMS.flatMap((room) => [`/${room}`, `/${room}/:id`]).map(
    (path): Route => ({
      method: "get",
      path,
      summary: "The page",
      tag: TAG,
      access: "session",
      isQueryOpen: true,
      ...(path.endsWith(":id") ? { params: { id: ID } } : {}),
      answer: PAGE,
      handler: async () => ({ html: FILES.get("index.html")?.toString() ?? NOT_BUILT }),
    }),
  ),
  {
    method: "get",
    path: "/page/:file",
    summary: "A script or style sheet of the page",
    tag: TAG,
    access: "public",
    params: { file: ID },
    answer: { status: 200, meaning: "The file; its name carries its digest" },
    async handler({ params: { file = "" } }) {
      const asset = FILES.get(file);
      const mediaType = MEDIA_TYPES[extname(file)];
      if (asset === undefined || mediaType === undefined) throw new OperatingError("not-found");
      return { asset, mediaType, isForEver: true };
    },
  },
];
