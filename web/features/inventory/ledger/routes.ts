import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readLedgerAddress } from "./address.ts";

const movementsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/movements",
  validateSearch: readLedgerAddress,
  component: lazyRouteComponent(() => import("./movements-page.tsx")),
});

const productLedgerRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/products/$productId",
  validateSearch: readLedgerAddress,
  component: lazyRouteComponent(() => import("./product-ledger-page.tsx")),
});

export const ledgerRoutes = [movementsRoute, productLedgerRoute] as const;
