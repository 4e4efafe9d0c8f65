import { Html, html, type Part } from "./html.ts";

/** Who looks at the page, and the token that his or her forms must carry. */
export interface Viewer {
  readonly name: string;
  readonly csrfToken: string;
  /** Which rooms the navigation offers: those whose permission the viewer holds. */
  readonly rooms: readonly Room[];
}

/** One entry of the navigation. */
export interface Room {
  readonly path: string;
  readonly name: string;
}

/** A whole page. */
export function layout(
  options: { title: string; viewer?: Viewer; path?: string; onward?: string },
  body: Part,
) {
  const { viewer, path, onward } = options;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${onward && html`<meta http-equiv="refresh" content="0; url=${onward}">`}
<title>${options.title} – Claimwright</title>
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<p class="brand"><a href="/">Claimwright</a></p>
${viewer && navigation(viewer, path)}
${viewer && signOutForm(viewer)}
</header>
<main id="main">
<h1>${options.title}</h1>
${body}
</main>
</body>
</html>
`;
  return page.toString();
}

function navigation(viewer: Viewer, path: string | undefined): Html {
  return html`<nav aria-label="Main"><ul>${viewer.rooms.map(
    (room) =>
      html`<li><a href="${room.path}"${room.path === path && CURRENT}>${room.name}</a></li>`,
  )}</ul></nav>`;
}

const CURRENT = new Html(' aria-current="page"');

function signOutForm(viewer: Viewer): Html {
  return html`<form class="sign-out" method="post" action="/sign-out">${csrfField(viewer)}
<a href="/account">${viewer.name}</a> <button class="quiet">Sign out</button></form>`;
}

/** The hidden field by which the server knows the form as its own. */
export function csrfField(viewer: Viewer): Html {
  return html`<input type="hidden" name="_csrf" value="${viewer.csrfToken}">`;
}

/** What to show where a list is empty: what that means and, where there is something to do, what. */
export function emptyState(meaning: string, next?: Part): Html {
  return html`<p class="empty">${meaning}${next && html` ${next}`}</p>`;
}
