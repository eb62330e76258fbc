import type { Audit } from "../foundation/module.ts";
import { countStockLevels, findStockDiscrepancies } from "./queries.ts";

const namedMax = 100;
const incidentKey = "stock:ledger";

/**
 * Adds up the ledger and the active reservations and compares every level. Nothing is repaired: what was written past
 * the functions has to be looked at by a person, who is told by an incident.
 */
export const stockLedger: Audit = {
  name: "stock_ledger",
  run: async ({ foundation, log, repair }) => {
    const { database, incidents } = foundation;
    const checked = await countStockLevels(database.db);
    const found = await findStockDiscrepancies(database.db, namedMax);
    if (found.length > 0) log.error({ found: found.slice(0, 20) }, "stock levels do not agree with the ledger");
    if (repair) {
      await database.transaction(async (tx) => {
        if (found.length === 0) await incidents.resolve(tx, incidentKey);
        else
          await incidents.open(tx, {
            key: incidentKey,
            kind: "stock_ledger",
            severity: "critical",
            title: "Stock levels do not agree with the ledger",
            evidence: { count: found.length, first: found.slice(0, 20) },
          });
      });
    }
    return { checked, found: found.length, repaired: 0 };
  },
};
