import { useEffect } from "react";

/** Names the page in the browser; never by a patient (titles are kept in histories). */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} – Claimwright`;
  }, [name]);
}
