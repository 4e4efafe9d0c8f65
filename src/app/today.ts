import type { App } from "./context.ts";

/** Today's calendar date by the application's clock. */
export function today(app: App): string {
  return app.now().toISOString().slice(0, 10);
}
