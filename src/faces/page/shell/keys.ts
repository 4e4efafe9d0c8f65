import { useEffect } from "react";

/** What a key does, and how the help says it. */
export interface KeyHint {
  readonly key: string;
  readonly does: string;
}

type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const TYPED_INTO = "input, textarea, select, [contenteditable]";

/** Listens to single keys while nothing is being typed and no dialog is open. Modified keys stay the browser's. */
export function useKeys(keys: Keys, active = true): void {
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return;
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [keys, active]);
}

/** Enter on a link or button is that link's own; a checkbox takes no text, so keys work on it. */
function isBusy(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (document.querySelector("dialog[open]") !== null) return true;
  if (target.matches('input[type="checkbox"]')) return event.key === " ";
  return target.matches(TYPED_INTO) || (event.key === "Enter" && target.matches("a, button"));
}
