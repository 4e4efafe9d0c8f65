import type { App } from "./context.ts";

/** Whether the database answers now. */
export async function isStoreReachable(app: App): Promise<boolean> {
  try {
    await app.store.connection.db?.command({ ping: 1 });
    return app.store.connection.db !== undefined;
  } catch {
    return false;
  }
}
