import { words } from "../words.ts";

/** Where a claim stands on each axis. */
export function Axes({ status }: { readonly status: Readonly<Record<string, string>> | string }) {
  const axes = typeof status === "string" ? [["", status] as const] : Object.entries(status);
  return (
    <>
      {axes.map(([axis, state]) => (
        <span className="chip" key={axis}>
          <span className="hint">{words(axis)}</span> {words(state)}
        </span>
      ))}
    </>
  );
}

/** What is odd about a record. */
export function Flags({ flags = [] }: { readonly flags?: readonly string[] | undefined }) {
  return (
    <>
      {flags.map((flag) => (
        <span className="chip warn" key={flag}>
          {words(flag)}
        </span>
      ))}
    </>
  );
}
