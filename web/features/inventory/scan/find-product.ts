import { type BodegaClient, BodegaError, type components, dataOf } from "@bodega/sdk";
import { isZero } from "../../../shared/format/decimal.ts";
import { type ScaleLabel, scaleLabelOf } from "./scale-label.ts";
import type { ScannedCode } from "./scanned-code.ts";

/** As much of a product as a scan tells. */
export type CodedProduct = NonNullable<components["schemas"]["ScannedProduct"]>;

/** What a code came to. */
export type Lookup =
  /** `quantity`: a decimal above 0, what one scan stands for. */
  | { readonly kind: "found"; readonly product: CodedProduct; readonly quantity: string }
  /** `linkCode`: what to give to a product so that scans like this one find it. */
  | { readonly kind: "unknown"; readonly linkCode: string }
  /** A scale's label says a price, and the product has none: how much it is cannot be told. */
  | { readonly kind: "no-price"; readonly product: CodedProduct };

/** Products that are known without the server, by GTIN or SKU. */
export type FindHere = (code: string) => CodedProduct | null;

/** Looks among what is known here first, so that it is heard also without the server. Throws what the server says. */
export async function lookUp(
  client: BodegaClient,
  code: ScannedCode,
  here: FindHere,
  signal: AbortSignal,
): Promise<Lookup> {
  const known = here(code.text);
  if (known !== null) return { kind: "found", product: known, quantity: amountOf(code, known, "1") };
  try {
    return await askServer(client, code, signal);
  } catch (error) {
    const weighed = isAway(error) ? weighedHere(code, here) : null;
    if (weighed === null) throw error;
    return weighed;
  }
}

async function askServer(client: BodegaClient, code: ScannedCode, signal: AbortSignal): Promise<Lookup> {
  const query = { code: code.text.slice(0, 100) };
  const { product, quantity, linkCode } = await dataOf(client.http.GET("/v1/scan", { signal, params: { query } }));
  if (product === null) return { kind: "unknown", linkCode };
  if (quantity === null) return { kind: "no-price", product };
  return { kind: "found", product, quantity: amountOf(code, product, isZero(quantity) ? "1" : quantity) };
}

/** What the code itself says of weight or pieces goes before what one scan usually stands for. */
function amountOf({ weight, count }: ScannedCode, { unit }: CodedProduct, usual: string): string {
  const amount = unit === "kg" ? weight : count;
  return amount === null || isZero(amount) ? usual : amount;
}

function weighedHere({ text }: ScannedCode, here: FindHere): Lookup | null {
  const label = scaleLabelOf(text);
  const product = label?.codes.map(here).find((found) => found !== null) ?? null;
  if (label === null || product === null) return null;
  const quantity = measured(label, product);
  return quantity === null ? { kind: "no-price", product } : { kind: "found", product, quantity };
}

/** To three decimals, as quantities have; both numbers are far below where a float would lose one of them. */
function measured({ measure, value }: ScaleLabel, { price }: CodedProduct): string | null {
  if (measure === "weight") return isZero(value) ? "1" : value;
  if (isZero(price)) return null;
  return (Number(value) / Number(price)).toFixed(3).replace(/\.?0+$/, "");
}

const isAway = (error: unknown): boolean => error instanceof BodegaError && (error.status === 0 || error.status >= 500);
