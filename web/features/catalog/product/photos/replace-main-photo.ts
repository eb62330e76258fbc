import type { BodegaClient, Product } from "@bodega/sdk";

/** Large files take their time; the server gives up then, too. */
const timeoutMs = 300_000;

/** Puts a new photo in the place of the main one, at once: there is no moment without a main photo, or with two. */
export async function replaceMainPhoto(
  client: Pick<BodegaClient, "transport" | "baseUrl">,
  product: Product,
  file: File,
  signal: AbortSignal,
): Promise<void> {
  const [main, ...others] = product.images;
  const form = new FormData();
  const order = [{ file: "main", alt: main?.alt ?? "" }, ...others.map(({ id }) => ({ id }))];
  form.append("order", JSON.stringify(order));
  form.append("main", file, file.name);
  const address = new URL(`${client.baseUrl}/v1/products/${product.id}/images`, window.location.href);
  const headers = { "idempotency-key": crypto.randomUUID() };
  await client.transport.send(new Request(address, { method: "PUT", body: form, headers, signal }), { timeoutMs });
}
