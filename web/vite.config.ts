import { defineConfig } from "vite";

// One script and one style sheet for all pages; what a page needs beyond them is loaded when an element
// of its kind appears. The server finds the hashed names in the manifest.
export default defineConfig({
  publicDir: false,
  base: "/assets/",
  build: {
    outDir: "target/classes/dev/drydock/web",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: ".",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rollupOptions: { input: { main: "src/main.ts" } },
  },
});
