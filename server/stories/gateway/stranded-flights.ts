import type { Audit } from "../../foundation/module.ts";
import {
  closeOrphanedAttempts,
  countOrphanedAttempts,
  countStrandedFlights,
  groundFlight,
  listStrandedFlights,
  pruneFlights,
} from "./queries.ts";

const batch = 100;
/** A repeat after that makes the picture anew. */
const keptDays = 90;

/**
 * Finds calls to providers that were begun by a process that died, when nobody asked for the picture again: their
 * attempts would stay `started` for ever. The same for attempts whose end could not be written. Forgets flights that are long
 * over.
 */
export const strandedFlights: Audit = {
  name: "stranded-flights",
  run: async ({ foundation: { database }, signal, repair }) => {
    const { db } = database;
    if (!repair) {
      const found = (await countStrandedFlights(db)) + (await countOrphanedAttempts(db));
      return { checked: found, found, repaired: 0 };
    }
    let repaired = 0;
    for (
      let keys = await listStrandedFlights(db, batch);
      keys.length > 0;
      keys = await listStrandedFlights(db, batch)
    ) {
      for (const key of keys) if (await groundFlight(db, key)) repaired += 1;
      signal.throwIfAborted();
    }
    repaired += await closeOrphanedAttempts(db);
    while ((await pruneFlights(db, keptDays, batch)) === batch) signal.throwIfAborted();
    return { checked: repaired, found: repaired, repaired };
  },
};
