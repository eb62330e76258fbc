import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { rootRoute } from "../../shared/routing/routes.ts";

export const signIn = {
  name: "signIn",
  texts: { signIn: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") } },
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly signIn: typeof import("./locales/es.ts").default;
  }
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Readonly<Record<string, unknown>>): { readonly next?: string } =>
    isOwnPath(search.next) ? { next: search.next } : {},
  beforeLoad: ({ search, location }) => {
    // An address in `next` that is not ours is dropped from the address bar too.
    if (new URLSearchParams(location.searchStr).has("next") && search.next === undefined) {
      throw redirect({ href: "/sign-in", replace: true });
    }
  },
  component: lazyRouteComponent(() => import("./sign-in-page.tsx")),
});

/** A path of this very page; `//host` and `/\host` would lead away. */
const isOwnPath = (value: unknown): value is string => typeof value === "string" && /^\/(?![/\\])/.test(value);
