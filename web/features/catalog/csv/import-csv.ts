import type { BodegaClient, components } from "@bodega/sdk";

/** Twenty thousand rows take a while. */
const timeoutMs = 120_000;

export interface ImportOptions {
  readonly isDryRun: boolean;
  readonly idempotencyKey?: string;
}

/** Sends the file as it stands; the server reads it. Throws `BodegaError`. */
export async function importCsv(
  { transport, baseUrl }: Pick<BodegaClient, "transport" | "baseUrl">,
  file: File,
  { isDryRun, idempotencyKey }: ImportOptions,
): Promise<components["schemas"]["ImportReport"]> {
  const address = new URL(`${baseUrl}/v1/products/import?dryRun=${isDryRun}`, window.location.href);
  const headers = {
    "content-type": "text/csv",
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
  };
  const request = new Request(address, { method: "POST", headers, body: await file.arrayBuffer() });
  return (await transport.send(request, { timeoutMs })).json();
}
