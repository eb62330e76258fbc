import type { Module } from "../foundation/module.ts";
import { stockLedger } from "./audits.ts";
import { registerCodeRoutes } from "./codes/routes.ts";
import { registerCountRoutes } from "./counts/routes.ts";
import { registerLocationRoutes } from "./locations/routes.ts";
import { registerDailyRoutes } from "./movements/daily-routes.ts";
import { registerMovementRoutes } from "./movements/routes.ts";
import { registerPriceRoutes } from "./prices/routes.ts";
import { registerPurchasingRoutes } from "./purchasing/routes.ts";
import { setShopTimeZone } from "./queries.ts";
import { registerReservationRoutes } from "./reservations/routes.ts";
import { inventorySchedules } from "./schedules.ts";
import { inventorySettings } from "./settings.ts";
import { registerShortageRoutes } from "./shortages/routes.ts";
import { registerStockImport } from "./stock/import-routes.ts";
import { registerStockRoutes } from "./stock/routes.ts";
import { registerTaskRoutes } from "./tasks/routes.ts";

/** Stock that cannot be oversold, its ledger, purchasing and prices (requirement 04, R-001 and R-008). */
export const inventory: Module = {
  name: "inventory",
  routes: (app, foundation) => {
    registerLocationRoutes(app, foundation);
    registerStockRoutes(app, foundation);
    registerStockImport(app, foundation);
    registerMovementRoutes(app, foundation);
    registerDailyRoutes(app, foundation);
    registerReservationRoutes(app, foundation);
    registerCountRoutes(app, foundation);
    registerPurchasingRoutes(app, foundation);
    registerPriceRoutes(app, foundation);
    registerShortageRoutes(app, foundation);
    registerTaskRoutes(app, foundation);
    registerCodeRoutes(app, foundation);
  },
  schedules: inventorySchedules,
  audits: [stockLedger],
  settings: inventorySettings,
  topics: [{ name: "stock", permission: "stock:read" }],
  start: async ({ database, config }) => setShopTimeZone(database.db, config.shopTimeZone),
};
