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
    target: ["chrome111", "firefox114", "safari16.4"],
    outDir: "dist",
    emptyOutDir: true,
    // The policy of the page allows nothing inline.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  server: {
    port: Number(process.env.WEB_PORT ?? "4001"),
    strictPort: true,
    proxy: Object.fromEntries(ofTheApi.map((path) => [path, { target: api, changeOrigin: false }])),
  },
});
