import type { Enrolment } from "../../app/people/second-factor.ts";
import { html, type Part } from "./html.ts";
import { csrfField, layout, type Viewer } from "./layout.ts";

function alert(message: string | undefined): Part {
  return message !== undefined && html`<p class="notice bad" role="alert">${message}</p>`;
}

function codeField(hint: string): Part {
  return html`<label for="code">Code</label>
<input id="code" name="code" autocomplete="one-time-code" required maxlength="40"
 aria-describedby="code-hint">
<p id="code-hint" class="hint">${hint}</p>`;
}

/** The form for the code of the second factor, after the password; `next` is the page that was asked for. */
export function codePage(viewer: Viewer, options: { error?: string; next: string }): string {
  return layout(
    { title: "Enter your code", viewer },
    html`${alert(options.error)}
<form class="card" method="post" action="/sign-in/code">${csrfField(viewer)}
<input type="hidden" name="next" value="${options.next}">
${codeField("The six digits of your authenticator app, or one of your recovery codes.")}
<button>Go on</button>
</form>`,
  );
}

/** What a second factor is, and the button that begins to set it up. */
export function factorPage(viewer: Viewer): string {
  return layout(
    { title: "Set up your second factor", viewer },
    html`<form class="card" method="post" action="/second-factor">${csrfField(viewer)}
<p>Claims hold patients' data, so a password alone does not open them. An authenticator app on your phone shows a code
of six digits, which you type after your password.</p>
<button>Show the key for the app</button>
</form>`,
  );
}

/** The key for the app, where it was just made, and the form for the first code of it. */
export function enrolmentPage(
  viewer: Viewer,
  { enrolment, error }: { enrolment?: Enrolment; error?: string },
): string {
  return layout(
    { title: "Set up your second factor", viewer },
    html`${alert(error)}${enrolment && keyOf(enrolment)}
<form class="card" method="post" action="/second-factor/confirm">${csrfField(viewer)}
${codeField("The six digits that the app shows now.")}
<button>Use this second factor</button>
</form>
${!enrolment && html`<p><a href="/second-factor">Begin again with a new key</a></p>`}`,
  );
}

function keyOf({ uri, secret }: Enrolment): Part {
  const groups = secret.match(/.{1,4}/g)?.join(" ");
  return html`<p>Add an account to your app by this key; it is shown this once.</p>
<p><code>${groups}</code></p>
<p><a href="${uri}">Open it in the app on this device</a></p>`;
}

/** The recovery codes, shown this once. */
export function recoveryPage(viewer: Viewer, codes: readonly string[]): string {
  return layout(
    { title: "Your recovery codes", viewer },
    html`<p>Each of these opens the door once when the app is not at hand. Keep them where you keep papers;
they are not shown again.</p>
<ul>${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p><a href="/">Go on</a></p>`,
  );
}
