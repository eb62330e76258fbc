import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readBeginsWith } from "../shared/address.ts";
import { readReservationsAddress } from "./address.ts";

const reservationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/reservations",
  validateSearch: readReservationsAddress,
  component: lazyRouteComponent(() => import("./reservations-page.tsx")),
});

const newReservationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/reservations/new",
  validateSearch: readBeginsWith,
  component: lazyRouteComponent(() => import("./new-reservation-page.tsx")),
});

export const reservationRoutes = [reservationsRoute, newReservationRoute] as const;
