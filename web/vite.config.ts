import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressAssets } from "./build/compress-assets.ts";

/** Where the api listens while pages are developed (`npm run dev`). */
const api = `http://127.0.0.1:${process.env.PORT ?? "4000"}`;
const ofTheApi = ["/v1", "/auth", "/media", "/health", "/docs", "/openapi.json"];

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), compressAssets()],
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: ["chrome114", "firefox125", "safari17"],
    outDir: "dist",
    emptyOutDir: true,
    // The policy of the page allows nothing inline.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every page needs comes in a few files that change rarely; the rest is split by page.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]/ },
            {
              name: "frame",
              test: /node_modules[\\/](@tanstack[\\/](?!react-virtual|virtual-core)|i18next|react-i18next)/,
            },
            { name: "sdk", test: /[\\/]sdk[\\/](client|events|images|react|reports|uploads)[\\/]/ },
            {
              name: "mantine",
              test: /@mantine[\\/](core[\\/]esm[\\/](core|components[\\/](Text|Title|UnstyledButton|Button|Loader|Group|Kbd|SegmentedControl))|hooks)[\\/]|[\\/]clsx[\\/]/,
              minShareCount: 2,
            },
            {
              name: "shared",
              test: /web[\\/]shared[\\/](feature|format|i18n|keyboard|problems|routing|server|session|theme|waiting|page[\\/](page|panel|chip|empty|mark))(?!.*locales)/,
              minShareCount: 2,
            },
            // What filters live in the address: the routes know them from the start, as the pages do.
            { name: "addresses", test: /web[\\/]features[\\/].*[\\/]address\.ts$/ },
            { name: "icons", test: /@tabler[\\/]icons-react/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    port: Number(process.env.WEB_PORT ?? "4001"),
    strictPort: true,
    proxy: Object.fromEntries(ofTheApi.map((path) => [path, { target: api, changeOrigin: false }])),
  },
});
