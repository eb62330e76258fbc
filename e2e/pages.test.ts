import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Office, openOffice, type Visit } from "./support/office.ts";
import { photo, truncatedPhoto } from "./support/photos.ts";
import { addProduct, untilPhoto } from "./support/stock-shelf.ts";
import { suspiciousTexts } from "./support/visible-texts.ts";

let office: Office;
let productId = "";
beforeAll(async () => {
  office = await openOffice();
  const ready = await addProduct(office.api, {
    name: "Café en grano de Minas Gerais, tostado en la casa y molido a pedido",
    photos: [await photo("café.jpg"), await photo("café molido.jpg")],
  });
  const failed = await addProduct(office.api, { name: "Té", photos: [await truncatedPhoto("té.jpg")] });
  await addProduct(office.api, { name: "Sin foto todavía" });
  await Promise.all([untilPhoto(office.api, ready.id), untilPhoto(office.api, failed.id, "failed")]);
  productId = ready.id;
});
afterAll(() => office.close());

/** Where a crawl cannot come by links alone: sheets, dialogs, refusals. */
const furtherPaths = () => [
  "/catalog?view=list",
  `/catalog?product=${productId}`,
  `/catalog/${productId}`,
  `/catalog/${crypto.randomUUID()}`,
  "/catalog/add",
  "/catalog/new",
  "/catalog/import",
  "/settings/users?user=new",
  "/settings/shop?history=images.webpPolicy",
  "/no/such/page",
];

/** Everything on the page has come: its title, what it asks for, the live connection. */
async function settled({ page, quiet }: Visit): Promise<void> {
  await page
    .getByRole("heading", { level: 1 })
    .or(page.getByText(/No hay nada en esta|There is nothing at this/))
    .first()
    .waitFor();
  await quiet();
  await page.getByText(/^(Cargando|Loading)…$/).waitFor({ state: "detached" });
}

/** Addresses of the sections and their parts, by the links of the pages themselves. */
async function crawl(visit: Visit): Promise<readonly string[]> {
  const { page } = visit;
  const found = new Set(["/"]);
  for (const path of found) {
    if (path !== "/") await page.goto(path);
    await settled(visit);
    const links = await page.locator("nav a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    for (const link of links) if (link !== null) found.add(link);
  }
  return [...found, ...furtherPaths()];
}

/** What axe finds serious or critical, in a line each. */
async function seriousIn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")} ${failureSummary}`),
    );
}

/** How much wider than the window the page is, once charts and lists have found their new size. */
async function overflow(page: Page): Promise<number> {
  const measure = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  // What does not fit within this time does not fit.
  const fits = page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, null, {
    timeout: 3_000,
  });
  await fits.catch(() => undefined);
  return page.evaluate(measure);
}

describe("every page", () => {
  test.for(["es", "en"] as const)(
    "speaks %s alone, fits 360 px, and axe finds nothing serious in either theme",
    { timeout: 300_000 },
    async (language) => {
      const visit = await office.enter("/", { language, colorScheme: language === "es" ? "light" : "dark" });
      const { page, watch } = visit;
      const findings: string[] = [];
      for (const path of await crawl(visit)) {
        await page.goto(path);
        await settled(visit);
        const tell = (what: string) => (finding: string) => findings.push(`${path}: ${what}: ${finding}`);
        (await suspiciousTexts(page)).forEach(tell("text"));
        (await seriousIn(page)).forEach(tell("axe"));
        await page.setViewportSize({ width: 360, height: 740 });
        const tooWide = await overflow(page);
        if (tooWide > 0) tell("scrolls sideways at 360 px")(`${tooWide} px`);
        await page.setViewportSize({ width: 1280, height: 800 });
      }
      expect(findings).toEqual([]);
      expect(watch).toEqual({ complaints: [], outside: [] });
    },
  );

  test("axe finds nothing serious in what lies over a page, on a phone, before the sign-in", async () => {
    const visit = await office.enter("/catalog", { width: 360, height: 740, colorScheme: "dark" });
    const { page } = visit;
    await settled(visit);
    const findings: string[] = [];
    const look = async (where: string) => {
      findings.push(...(await seriousIn(page)).map((finding) => `${where}: ${finding}`));
      findings.push(...(await suspiciousTexts(page)).map((finding) => `${where}: ${finding}`));
      if ((await overflow(page)) > 0) findings.push(`${where}: scrolls sideways`);
    };
    await look("catalogue on a phone");
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Buscar" }).fill("ca");
    await page.getByRole("option").first().waitFor();
    await look("search");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await look("help");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Su cuenta/ }).click();
    await page.getByRole("button", { name: "Salir" }).waitFor();
    await look("account");
    await page.getByRole("button", { name: "Perfil y contraseña" }).click();
    await page.getByRole("dialog").getByLabel("Contraseña actual").waitFor();
    await look("profile");
    const { page: door } = await office.enter("/sign-in", { user: null, width: 360, height: 740 });
    await door.getByRole("heading", { name: "Entrar" }).waitFor();
    findings.push(...(await seriousIn(door)), ...(await suspiciousTexts(door)));
    expect(await overflow(door)).toBeLessThanOrEqual(0);
    expect(findings).toEqual([]);
  });
});

test("the language is switched in one click and remembered", async () => {
  const { context, page } = await office.enter("/settings");
  await page.getByRole("heading", { level: 1, name: "Ajustes" }).waitFor();
  await page.getByRole("main").getByText("English", { exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  const later = await context.newPage();
  await later.goto("/catalog");
  await later.getByRole("heading", { level: 1, name: "Catalogue" }).waitFor();
});

test("the theme is the system's until one is chosen, and that is there before anything is painted", async () => {
  const { page } = await office.enter("/settings", { colorScheme: "dark" });
  await page.getByRole("heading", { level: 1, name: "Ajustes" }).waitFor();
  const scheme = () => page.evaluate(() => document.documentElement.getAttribute("data-mantine-color-scheme"));
  expect(await scheme()).toBe("dark");
  await page.getByRole("main").getByText("Claro", { exact: true }).click();
  await expect.poll(scheme).toBe("light");
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction(() => document.body !== null);
  expect(await scheme()).toBe("light");
});

test("the policy of the page lets in nothing from outside and runs nothing that was put into it", async () => {
  const visit = await office.enter("/catalog");
  const { page } = visit;
  await settled(visit);
  const policy = (await page.request.get("/catalog", { headers: { accept: "text/html" } })).headers()[
    "content-security-policy"
  ];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).not.toMatch(/\*|unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  const tried = await page.evaluate(async () => {
    const refused: string[] = [];
    const isCallRefused = new Promise<void>((resolve) => {
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        refused.push(effectiveDirective);
        if (effectiveDirective === "connect-src") resolve();
      });
    });
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.taken = 'yes'";
    document.body.append(script);
    const picture = new Image();
    picture.src = "http://127.0.0.1:9/picture.png";
    await new Promise((resolve) => picture.addEventListener("error", resolve));
    const call = await fetch("http://127.0.0.1:9/").then(
      () => "answered",
      () => "refused",
    );
    await isCallRefused;
    return { refused, call, taken: document.documentElement.dataset.taken ?? "no" };
  });
  expect(tried).toMatchObject({ call: "refused", taken: "no" });
  expect(tried.refused).toEqual(expect.arrayContaining(["script-src-elem", "img-src", "connect-src"]));
});
