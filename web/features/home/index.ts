import { IconHome } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";

export const home = {
  name: "home",
  texts: { home: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") } },
  section: { label: { es: "Inicio", en: "Home" }, path: "/", icon: IconHome, order: 0 },
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly home: typeof import("./locales/es.ts").default;
  }
}

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./home-page.tsx")),
});
