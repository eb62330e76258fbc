import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished, vi } from "vitest";
import { type BenchShop, openShop } from "../../bench/shop.ts";
import { type BodegaClient, createClient } from "../../sdk/index.ts";
import { openBrowser } from "./browser.ts";
import { buildWeb } from "./built-web.ts";
import { type PageWatch, watchPages } from "./page-watch.ts";
import { followNetwork } from "./quiet-network.ts";

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface EnterOptions {
  /** Default: the administrator. Null: nobody yet. */
  readonly user?: Credentials | null;
  readonly language?: "es" | "en";
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  readonly deviceScaleFactor?: number;
  /** A finger and no keyboard, as on a phone. */
  readonly hasTouch?: boolean;
  readonly isMobile?: boolean;
}

/** A browser of its own for one person, on one page to begin with. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: PageWatch;
  /** Resolves once everything that was asked for has come. */
  readonly quiet: () => Promise<void>;
}

/** A real shop with its pages as they are built, and a real browser before it; for all tests of a file. */
export interface Office {
  readonly shop: BenchShop;
  readonly browser: Browser;
  /** What the administrator's programs would use: for what a test needs to be there, and to see what really is. */
  readonly api: BodegaClient;
  readonly apiOf: (user: Credentials) => Promise<BodegaClient>;
  /** Opens `path` for somebody; closed at the end of the test, with a picture of the page if that failed. */
  readonly enter: (path: string, options?: EnterOptions) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

/** Long, since machines that run tests are slow at times; a wait ends as soon as what it waits for is there. */
export const patienceMs = 60_000;
vi.setConfig({ testTimeout: 3 * patienceMs, hookTimeout: 5 * patienceMs });

export async function openOffice(environment: Readonly<Record<string, string>> = {}): Promise<Office> {
  const browser = await openBrowser();
  await buildWeb();
  const shop = await openShop(environment);
  const apiOf = async (user: Credentials) => {
    const client = createClient({ baseUrl: shop.url });
    await client.session.signIn(user);
    return client;
  };
  const sessionOf = sessions(browser, shop.url);
  return {
    shop,
    browser,
    api: await apiOf(shop.credentials),
    apiOf,
    enter: async (path, options = {}) => {
      const { user = shop.credentials, language = "es", width = 1280, height = 800, ...rest } = options;
      const context = await browser.newContext({
        ...rest,
        baseURL: shop.url,
        locale: language === "es" ? "es-AR" : "en-US",
        viewport: { width, height },
        reducedMotion: "reduce",
        ...(user !== null && { storageState: await sessionOf(user) }),
      });
      context.setDefaultTimeout(patienceMs);
      closeAfterTest(context);
      const watch = watchPages(context, shop.url);
      const quiet = followNetwork(context);
      const page = await context.newPage();
      await page.goto(path);
      return { context, page, watch, quiet };
    },
    close: async () => {
      await browser.close();
      await shop.close();
    },
  };
}

/** Signs in once for each person: tries are limited, and what the sign-in page does has tests of its own. */
function sessions(browser: Browser, url: string) {
  const known = new Map<string, Promise<BrowserContextOptions["storageState"]>>();
  const signIn = async (user: Credentials) => {
    const context = await browser.newContext({ baseURL: url });
    const answer = await context.request.post("/auth/sign-in/email", { data: user });
    if (!answer.ok()) throw new Error(`${user.email} could not sign in: ${answer.status()} ${await answer.text()}`);
    const state = await context.storageState();
    await context.close();
    return state;
  };
  return (user: Credentials) => {
    const session = known.get(user.email) ?? signIn(user);
    known.set(user.email, session);
    return session;
  };
}

function closeAfterTest(context: BrowserContext): void {
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") {
      const folder = join(tmpdir(), "bodega-e2e");
      await mkdir(folder, { recursive: true });
      for (const [index, page] of context.pages().entries()) {
        const path = join(folder, `${task.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 80)}-${index + 1}.png`);
        await page.screenshot({ path });
        process.stderr.write(`What the page showed when the test failed: ${path}\n`);
      }
    }
    await context.close();
  });
}
