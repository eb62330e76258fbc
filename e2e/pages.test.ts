import { afterAll, beforeAll, expect, test } from "vitest";
import { openOfficeToReview, type ReviewedOffice, reviewPage, settled } from "./support/page-review.ts";

let office: ReviewedOffice;
beforeAll(async () => {
  office = await openOfficeToReview();
});
afterAll(() => office.close());

test("what lies over a page, and the sign-in, are as sound as the pages, on a phone", async () => {
  const visit = await office.enter("/catalog", { width: 360, height: 740, colorScheme: "dark" });
  const { page } = visit;
  await settled(visit);
  const findings: string[] = [];
  const look = async (where: string) => void findings.push(...(await reviewPage(page, where)));
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
  findings.push(...(await reviewPage(door, "sign-in")));
  expect(findings).toEqual([]);
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
