import { IconPalette, IconSettings, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";

const permission = "operations:manage";

export const settings = {
  name: "settings",
  texts: { settings: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") } },
  section: { label: { es: "Ajustes", en: "Settings" }, path: "/settings", icon: IconSettings, order: 60 },
  commands: [
    {
      id: "users",
      label: { es: "Usuarios y roles", en: "Users and roles" },
      words: { es: "personas permisos contraseñas", en: "people permissions passwords" },
      icon: IconUsers,
      path: "/settings/users",
      permission,
    },
    {
      id: "add-user",
      label: { es: "Añadir usuario", en: "Add user" },
      words: { es: "nuevo persona invitar", en: "new person invite" },
      icon: IconUserPlus,
      path: "/settings/users?user=new",
      permission,
    },
    {
      id: "shop-settings",
      label: { es: "Ajustes de la tienda", en: "Shop settings" },
      words: { es: "webp política límites fotos", en: "webp policy limits photos" },
      icon: IconSettings,
      path: "/settings/shop",
      permission,
    },
    {
      id: "appearance",
      label: { es: "Idioma y tema", en: "Language and theme" },
      words: { es: "oscuro claro inglés español apariencia", en: "dark light english spanish appearance" },
      icon: IconPalette,
      path: "/settings",
    },
  ],
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly settings: typeof import("./locales/es.ts").default;
  }
}

const frameRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings-page.tsx")),
});

type Search = Readonly<Record<string, unknown>>;

const appearanceRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./appearance/appearance-page.tsx")),
});

const usersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/users",
  // `new`, or the id of the user that is open.
  validateSearch: ({ user }: Search): { readonly user?: string } => (typeof user === "string" ? { user } : {}),
  component: lazyRouteComponent(() => import("./users/users-page.tsx")),
});

const shopRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/shop",
  validateSearch: ({ history }: Search): { readonly history?: string } =>
    typeof history === "string" ? { history } : {},
  component: lazyRouteComponent(() => import("./shop/shop-page.tsx")),
});

export const settingsRoute = frameRoute.addChildren([appearanceRoute, usersRoute, shopRoute]);
