import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the page into dist/, from where the service serves it; file names carry their digest, so browsers may keep them. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/page/",
  plugins: [react()],
  build: {
    outDir: "../../../dist/page",
    emptyOutDir: true,
    assetsDir: ".",
    // The strict Content-Security-Policy takes files of our own and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
