import { html } from "./html.ts";
import { layout } from "./layout.ts";

/** A page that says what went wrong and how to go on; it is the same for everybody. */
export function problemPage(problem: {
  readonly title: string;
  readonly status: number;
  readonly requestId: string;
}): string {
  const title = problem.status >= 500 ? "Something went wrong" : "This did not work";
  return layout(
    { title },
    html`<p class="notice bad" role="alert">${problem.title}</p>
<p><a href="/">Go to the start</a></p>
<p class="quiet">Request ${problem.requestId}</p>`,
  );
}
