import { BodegaError, type components } from "@bodega/sdk";
import { client } from "../../../shared/server/client.ts";

export type StockImportReport = components["schemas"]["StockImportReport"];

/** Five thousand rows take a while. */
const timeoutMs = 120_000;

/** The columns of a stock file, as the server names them; the first two must be there. */
export const stockColumns = ["sku", "location", "quantity", "lot", "expires_on", "reorder_point", "maximum"] as const;

interface ImportOptions {
  readonly isDryRun: boolean;
  readonly idempotencyKey: string;
}

/**
 * Sends the file as it stands; the server reads it. With refused rows nothing is changed (`isApplied` is false), and the
 * report says why. Throws `BodegaError` for what is no such file.
 */
export async function importStock(file: File, options: ImportOptions): Promise<StockImportReport> {
  try {
    return await sent(file, options);
  } catch (error) {
    // Something changed since the preview: the same report, as a preview again.
    if (!options.isDryRun && error instanceof BodegaError && error.status === 422) {
      return sent(file, { ...options, isDryRun: true });
    }
    throw error;
  }
}

async function sent(file: File, { isDryRun, idempotencyKey }: ImportOptions): Promise<StockImportReport> {
  const address = new URL(`/v1/stock/import?dryRun=${isDryRun}`, window.location.href);
  const headers = { "content-type": "text/csv", "idempotency-key": idempotencyKey };
  const request = new Request(address, { method: "POST", headers, body: await file.arrayBuffer() });
  return (await client.transport.send(request, { timeoutMs })).json();
}
