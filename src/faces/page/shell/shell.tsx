import { useSuspenseQuery } from "@tanstack/react-query";
import { Suspense, useMemo, useState, useSyncExternalStore } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { ask } from "../server/ask.ts";
import { isProofAsked, listenForProof } from "../server/proof.ts";
import { sessionQuery } from "../server/session.ts";
import { Boundary } from "./boundary.tsx";
import { Help } from "./help.tsx";
import { useKeys } from "./keys.ts";
import { ProofDialog } from "./proof-dialog.tsx";
import { ROOMS } from "./rooms.ts";
import { Waiting } from "./states.tsx";

/** What stands around every room: where one can go, who one is, and whether the service answers. */
export function Shell() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [helps, setHelps] = useState(false);
  const asksProof = useSyncExternalStore(listenForProof, isProofAsked);
  const { pathname } = useLocation();
  useKeys(useMemo(() => ({ "?": () => setHelps(true) }), []));
  const rooms = ROOMS.filter(({ permission }) => session.permissions.includes(permission));
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="top">
        <p className="brand">Claimwright</p>
        <nav aria-label="Main">
          <ul>
            {rooms.map(({ path, name }) => (
              <li key={path}>
                <NavLink to={path}>{name}</NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <p className="who">
          <a href="/account">{session.person.name}</a>{" "}
          <button type="button" className="quiet" onClick={() => setHelps(true)}>
            Keys
          </button>{" "}
          <button type="button" className="quiet" onClick={() => void signOut()}>
            Sign out
          </button>
        </p>
      </header>
      <Connection />
      <main id="main" tabIndex={-1}>
        <Boundary key={pathname}>
          <Suspense fallback={<Waiting what="The page" />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
      {asksProof && <ProofDialog />}
      {helps && <Help onClose={() => setHelps(false)} />}
    </>
  );
}

async function signOut(): Promise<void> {
  await ask("/session", "DELETE");
  window.location.assign("/sign-in");
}

function Connection() {
  const isOnline = useSyncExternalStore(listen, () => navigator.onLine);
  return (
    <p className="offline" role="status" hidden={isOnline}>
      There is no connection. What you see may be old; nothing that you type is lost.
    </p>
  );
}

function listen(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}
