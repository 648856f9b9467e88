import { defineConfig } from "vite";
import { icons } from "./build/icons.mjs";
import { mark } from "./build/mark.mjs";

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [icons(), mark()],
  css: { transformer: "lightningcss", lightningcss: { targets: { chrome: 99 << 16, safari: (15 << 16) | (4 << 8), firefox: 97 << 16 } } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "assets",
    assetsInlineLimit: 0, // data: addresses would widen the content security policy
    modulePreload: { polyfill: false },
    target: ["chrome99", "safari15.4", "firefox97"],
    cssMinify: "lightningcss",
    chunkSizeWarningLimit: 1100, // the map library; it loads only when a map opens
    rolldownOptions: { input: ["src/base.js", "src/live.js", "src/resident.js", "src/worker.js"] },
  },
});
