import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { type EnterOptions, type Office, openOffice, type Visit } from "./office.ts";
import { photo, truncatedPhoto } from "./photos.ts";
import { addProduct, untilPhoto } from "./stock-shelf.ts";
import { suspiciousTexts } from "./visible-texts.ts";

export interface ReviewedOffice extends Office {
  /** A product with photos that are ready. */
  readonly productId: string;
}

/** A shop in which there is something to see: photos that are ready, one that failed, a name that is too long. */
export async function openOfficeToReview(): Promise<ReviewedOffice> {
  const office = await openOffice();
  const ready = await addProduct(office.api, {
    name: "Café en grano de Minas Gerais, tostado en la casa y molido a pedido",
    photos: [await photo("café.jpg"), await photo("café molido.jpg")],
  });
  const failed = await addProduct(office.api, { name: "Té", photos: [await truncatedPhoto("té.jpg")] });
  await addProduct(office.api, { name: "Sin foto todavía" });
  await Promise.all([untilPhoto(office.api, ready.id), untilPhoto(office.api, failed.id, "failed")]);
  return { ...office, productId: ready.id };
}

/** Where links of the rail and of tabs do not lead: sheets, dialogs, refusals. */
const furtherPaths = (productId: string) => [
  "/catalog?view=list",
  `/catalog?product=${productId}`,
  `/catalog/${productId}`,
  `/catalog/${crypto.randomUUID()}`,
  "/catalog/add",
  "/catalog/new",
  "/catalog/import",
  "/inventory?view=expiring",
  "/inventory/movements/new",
  "/inventory/transfer",
  "/inventory/reservations?state=all",
  "/inventory/reservations/new",
  "/inventory/locations",
  `/inventory/products/${productId}`,
  "/settings/users?user=new",
  "/settings/shop?history=images.webpPolicy",
  "/no/such/page",
];

/**
 * Goes to every page that links lead to, and some more; answers what is wrong with them, in a line each: texts that
 * nobody wrote for people, what axe finds serious, pages that scroll sideways at 360 px, complaints of the browser,
 * requests to elsewhere.
 */
export async function reviewPages(office: ReviewedOffice, options: EnterOptions): Promise<readonly string[]> {
  const visit = await office.enter("/", options);
  const { page, watch } = visit;
  const findings: string[] = [];
  const paths = new Set(["/", ...furtherPaths(office.productId)]);
  for (const path of paths) {
    await page.goto(path);
    await settled(visit);
    findings.push(...(await reviewPage(page, path)));
    const links = await page.locator("nav a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    for (const link of links) if (link !== null) paths.add(link);
  }
  return [...findings, ...watch.complaints, ...watch.outside];
}

/** As `reviewPages`, of what is on the screen now, called `name`. */
export async function reviewPage(page: Page, name: string): Promise<readonly string[]> {
  const texts = await suspiciousTexts(page);
  const barriers = await seriousIn(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const tooWide = await overflow(page);
  if (size !== null) await page.setViewportSize(size);
  return [
    ...texts.map((text) => `${name}: text: ${text}`),
    ...barriers.map((barrier) => `${name}: axe: ${barrier}`),
    ...(tooWide > 0 ? [`${name}: scrolls sideways at 360 px, by ${tooWide} px`] : []),
  ];
}

/** Everything on the page has come: its title, and what it asks for. */
export async function settled({ page, quiet }: Visit): Promise<void> {
  await page
    .getByRole("heading", { level: 1 })
    .or(page.getByText(/No hay nada en esta|There is nothing at this/))
    .first()
    .waitFor();
  await quiet();
  await page.getByText(/^(Cargando|Loading)…$/).waitFor({ state: "detached" });
}

/** What axe finds serious or critical. */
async function seriousIn(page: Page): Promise<readonly string[]> {
  // In the page itself: there are no frames, and a window of its own for each result takes long.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")} ${failureSummary}`),
    );
}

/** How much wider than the window the page is, once charts and lists have found their new size. */
async function overflow(page: Page): Promise<number> {
  // What does not fit within this time does not fit.
  const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, null, {
    timeout: 3_000,
  });
  await fits.catch(() => undefined);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
