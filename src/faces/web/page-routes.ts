import { readFileSync } from "node:fs";
import type { Route } from "../http/route.ts";
import { ACCOUNT_PAGE_ROUTES } from "./account-routes.ts";
import { ENTRANCE_ROUTES } from "./entrance-routes.ts";
import { PAGE_SHELL_ROUTES } from "./page-shell.ts";
import { SIGN_ON_ROUTES } from "./sign-on-routes.ts";
import { TAG } from "./viewer.ts";

const STYLE = readFileSync(new URL("./page.css", import.meta.url), "utf8");

const ASSETS: readonly Route[] = [
  {
    method: "get",
    path: "/assets/page.css",
    summary: "The style sheet of the entrance",
    tag: TAG,
    access: "public",
    answer: { status: 200, meaning: "CSS" },
    handler: async () => ({ asset: STYLE, mediaType: "text/css" }),
  },
];

/** Every page, in the same table form as the programming interface, so that the same checks hold. */
export const PAGE_ROUTES: readonly Route[] = [
  ...ENTRANCE_ROUTES,
  ...SIGN_ON_ROUTES,
  ...ACCOUNT_PAGE_ROUTES,
  ...PAGE_SHELL_ROUTES,
  ...ASSETS,
];
