/**
 * The first pages: HTML from the server, no scripts.
 *
 * Terminology
 * - page: a function of what a use case answers to HTML; it decides nothing.
 * - room: an entry of the navigation, offered to whoever may enter it.
 * - viewer: the person who looks, and the token that his or her forms carry.
 */
export { PAGE_ROUTES } from "./page-routes.ts";
export { problemPage } from "./problem-page.ts";
