import type { SessionSummary } from "../http/session.ts";
import { html, type Part } from "./html.ts";
import { csrfField, layout, type Viewer } from "./layout.ts";

/** What the page of one's own account shows. */
interface AccountView {
  readonly roles: readonly string[];
  /** Roles that somebody has lent, which end by themselves. */
  readonly lent: readonly string[];
  readonly sessions: readonly SessionSummary[];
  readonly error?: string;
}

function alert(message: string | undefined): Part {
  return message !== undefined && html`<p class="notice bad" role="alert">${message}</p>`;
}

const PROOF_FIELDS = html`<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<label for="code">Code of your authenticator app, if you have one</label>
<input id="code" name="code" autocomplete="one-time-code" maxlength="40">`;

/** One's own account: roles, sessions, and a new password. */
export function accountPage(viewer: Viewer, view: AccountView): string {
  const { roles, lent, sessions } = view;
  return layout(
    { title: "Your account", viewer },
    html`${alert(view.error)}
<p>${viewer.name}: ${roles.join(", ")}.${lent.length > 0 && html` Lent to you: ${lent.join(", ")}.`}</p>
<h2>Where you are signed in</h2>
<table>
<thead><tr><th scope="col">Since</th><th scope="col">Last seen</th><th scope="col"></th></tr></thead>
<tbody>${sessions.map(
      ({ signedInAt, seenAt, isThis }) =>
        html`<tr><td>${signedInAt}</td><td>${seenAt}</td><td>${isThis && "This one"}</td></tr>`,
    )}</tbody>
</table>
<form method="post" action="/account/sign-out-everywhere">${csrfField(viewer)}
<button>Sign out everywhere</button>
</form>
<h2>Change your password</h2>
<form class="card" method="post" action="/account/password">${csrfField(viewer)}
${PROOF_FIELDS}
<label for="new-password">New password</label>
<input id="new-password" name="newPassword" type="password" autocomplete="new-password" required
 minlength="15" maxlength="128" aria-describedby="rule">
<p id="rule" class="hint">At least 15 characters. Every other session of yours ends.</p>
<button>Change the password</button>
</form>
<p><a href="/account/proof">Prove again who you are</a>, before something that asks for it</p>`,
  );
}

/** The form by which somebody proves again who he or she is; `organization` where its provider can do it too. */
export function proofPage(
  viewer: Viewer,
  { next, organization, error }: { next: string; organization: boolean; error?: string },
): string {
  const query = new URLSearchParams({ next, fresh: "1" }).toString();
  return layout(
    { title: "Prove again who you are", viewer },
    html`${alert(error)}
<form class="card" method="post" action="/account/proof">${csrfField(viewer)}
<input type="hidden" name="next" value="${next}">
<p>Changes of people and keys, and of what is posted, ask for this. It holds for five minutes.</p>
${PROOF_FIELDS}
<button>Go on</button>
</form>
${
  organization &&
  html`<p><a class="button" href="/sign-in/organization?${query}">Sign in again with your organization</a></p>`
}`,
  );
}
