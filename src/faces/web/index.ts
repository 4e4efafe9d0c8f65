/**
 * The entrance: the pages by which people come in, HTML from the server without scripts; and the shell of the page
 * (src/faces/page) that they work in.
 *
 * Terminology
 * - page: a function of what a use case answers to HTML; it decides nothing.
 * - room: a part of the page that people work in, offered to whoever may enter it.
 * - viewer: the person who looks, and the token that his or her forms carry.
 */
export { PAGE_ROUTES } from "./page-routes.ts";
export { problemPage } from "./problem-page.ts";
