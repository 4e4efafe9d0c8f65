import { html, type Part } from "./html.ts";
import { layout } from "./layout.ts";

function alert(message: string | undefined): Part {
  return message !== undefined && html`<p class="notice bad" role="alert">${message}</p>`;
}

/** The form to sign in; `next` is the page that was asked for, `organization` whether there is another way. */
export function signInPage(options: {
  readonly error?: string;
  readonly email?: string;
  readonly next?: string;
  readonly organization: boolean;
}): string {
  return layout(
    { title: "Sign in" },
    html`${alert(options.error)}
<form class="card" method="post" action="/sign-in">
<input type="hidden" name="next" value="${options.next}">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${options.email}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>${options.organization && signOnLink(options.next)}`,
  );
}

/** A link and no form: browsers hold a form to our own site (form-action), also where it is led on to. */
function signOnLink(next = "/"): Part {
  const query = new URLSearchParams({ next }).toString();
  return html`
<p><a class="button" href="/sign-in/organization?${query}">Sign in with your organization</a></p>`;
}

/**
 * After the provider's answer: a page of our own leads on, since browsers send the session's cookie (SameSite=Strict) only
 * with requests that our own pages begin.
 */
export function onwardPage(next: string): string {
  return layout({ title: "Signed in", onward: next }, html`<p><a href="${next}">Go on</a></p>`);
}

/** The form by which the person whom a link invites becomes a user. */
export function setupPage(
  token: string,
  options: { error?: string; email?: string; name?: string },
) {
  return layout(
    { title: "Set up your account" },
    html`${alert(options.error)}
<form class="card" method="post" action="/setup/${token}">
<label for="name">Your name</label>
<input id="name" name="name" autocomplete="name" required maxlength="100" value="${options.name}">
<label for="email">Email, with which you will sign in</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${options.email}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required
 minlength="15" maxlength="128" aria-describedby="rule">
<p id="rule" class="hint">At least 15 characters. A few words that do not belong together are good.</p>
<button>Create the account</button>
</form>`,
  );
}
