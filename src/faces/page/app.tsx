import { type ComponentType, lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Shell } from "./shell/shell.tsx";
import { Empty, Waiting } from "./shell/states.tsx";

type Room = () => Promise<{ default: ComponentType }>;

/** Every room of the page by its address; a room's code is fetched when somebody first enters it. */
const ROOMS: readonly (readonly [path: string, room: Room])[] = [
  ["queue", () => import("./queue/queue-page.tsx")],
  ["queue/:id", () => import("./item/item-page.tsx")],
  ["claims", () => import("./claims/claims-page.tsx")],
  ["claims/:number", () => import("./claims/claim-page.tsx")],
  ["remittances", () => import("./remittances/remittances-page.tsx")],
  ["remittances/:trace", () => import("./remittances/remittance-page.tsx")],
  ["desk", () => import("./desk/desk-page.tsx")],
  ["desk/:id", () => import("./desk/exception-page.tsx")],
  ["exchange", () => import("./exchange/exchange-page.tsx")],
  ["figures", () => import("./figures/figures-page.tsx")],
  ["people", () => import("./people/people-page.tsx")],
  ["audit", () => import("./audit/audit-page.tsx")],
];
const LOADED = ROOMS.map(([path, room]) => ({ path, Page: lazy(room) }));

/** The page: the shell around the room of the address. */
export function App() {
  return (
    <Suspense fallback={<Waiting what="The page" />}>
      <Routes>
        <Route element={<Shell />}>
          {LOADED.map(({ path, Page }) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
          <Route path="*" element={<Empty meaning="There is no such page." />} />
        </Route>
      </Routes>
    </Suspense>
  );
}
