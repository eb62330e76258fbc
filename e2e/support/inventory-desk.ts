import type { Page } from "playwright-core";
import { type BodegaClient, dataOf } from "../../sdk/index.ts";
import { type Credentials, type EnterOptions, type Office, openOffice, type Visit } from "./office.ts";
import { addLocation } from "./stock-room.ts";

/** An office with two places for goods. */
export interface InventoryDesk {
  readonly office: Office;
  readonly counter: string;
  readonly storeroom: string;
  /** Opens a page of Existencias, with the counter as one's place. */
  readonly open: (path: string, options?: EnterOptions) => Promise<Visit>;
}

export async function openInventoryDesk(): Promise<InventoryDesk> {
  const office = await openOffice();
  const counter = await addLocation(office.api, "Mostrador");
  const storeroom = await addLocation(office.api, "Trastienda");
  return {
    office,
    counter,
    storeroom,
    open: async (path, options = {}) => {
      const visit = await office.enter("/settings", options);
      await visit.page.evaluate((id) => localStorage.setItem("bodega.workplace", JSON.stringify(id)), counter);
      await visit.page.goto(path);
      await visit.page.getByRole("region", { name: "Escáner" }).waitFor();
      await visit.quiet();
      return visit;
    },
  };
}

export async function newUser(
  api: BodegaClient,
  role: "warehouse" | "sales" | "supplier",
  supplierId: string | null = null,
): Promise<Credentials> {
  const user = { email: `${role}-${crypto.randomUUID()}@shop.test`, password: "a password only for tests" };
  const body = { ...user, name: `Quien ${role}`, role, supplierId };
  await dataOf(api.http.POST("/v1/users", { body, headers: { "idempotency-key": crypto.randomUUID() } }));
  return user;
}

/** Chooses a product by its name and writes how much of it, by keys alone. */
export async function addLine(page: Page, name: string, quantity: string): Promise<void> {
  await page.getByRole("textbox", { name: "Añadir producto" }).focus();
  await page.keyboard.type(name, { delay: 90 });
  await page.getByRole("option", { name }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel(`Cantidad de ${name}`).and(page.locator(":focus")).waitFor();
  await page.keyboard.type(quantity, { delay: 90 });
}
