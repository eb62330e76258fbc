import { access } from "node:fs/promises";
import { type Browser, chromium } from "playwright-core";

/** Debian's, unless `CHROMIUM_PATH` names another. */
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** It runs as root in containers, where its sandbox cannot; and it calls nobody on its own account. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real Chromium, without a window. Throws one sentence on how to install it where there is none. */
export async function openBrowser(): Promise<Browser> {
  try {
    await access(executablePath);
  } catch (cause) {
    throw new Error(`There is no Chromium at ${executablePath}; install it with: apt-get install chromium`, { cause });
  }
  return chromium.launch({ executablePath, headless: true, args });
}
