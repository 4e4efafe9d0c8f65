/**
 * The http face: the programming interface and the pages on one server.
 *
 * Terminology
 * - route: one line of the route table: method, path, who may, what shape, which handler.
 * - caller: who sends the request: a machine with a key, a person in a session, or nobody.
 * - problem: an error as RFC 9457 writes it; made in one place.
 * - misfit: where a request does not fit its schema; place and rule, never the value.
 */
export type { HttpConfig } from "./config.ts";
export { createHttp } from "./create-http.ts";
export { listenHttp } from "./listen.ts";
export type { Route } from "./route.ts";
export { API_ROUTES, PAGE_ROUTES } from "./route-table.ts";
export type * from "./use-cases.ts";
