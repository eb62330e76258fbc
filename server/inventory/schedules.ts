import type { Schedule } from "../foundation/module.ts";
import { stockLedger } from "./audits.ts";
import { expireReservations, raiseStockAlerts } from "./queries.ts";
import { expiringDays } from "./settings.ts";

const minuteMs = 60_000;
const expireBatch = 500;

export const inventorySchedules: readonly Schedule[] = [
  {
    name: "expire_reservations",
    cron: "* * * * *",
    timeLimitMs: minuteMs,
    missedTicks: "none",
    run: async ({ foundation, signal }) => {
      let expired = 0;
      // Each batch is a transaction of its own, so that no stock is locked for long.
      for (let batch = expireBatch; batch > 0 && !signal.aborted; ) {
        batch = await foundation.database.transaction((tx) => expireReservations(tx, expireBatch));
        expired += batch;
      }
      return { expired };
    },
  },
  {
    name: "stock_audit",
    cron: "45 3 * * *",
    timeLimitMs: 20 * minuteMs,
    missedTicks: "latest",
    run: async ({ foundation, log, signal }) => {
      const { checked, found } = await stockLedger.run({ foundation, log, signal, repair: true, full: true });
      return { checked, found };
    },
  },
  {
    name: "stock_alerts",
    cron: "5 * * * *",
    timeLimitMs: 5 * minuteMs,
    missedTicks: "latest",
    run: async ({ foundation }) => {
      const days = await foundation.settings.get(expiringDays);
      return foundation.database.transaction((tx) => raiseStockAlerts(tx, days));
    },
  },
];
