import { createClient } from "@bodega/sdk";

/** The one client of this page. */
export const client = createClient();
