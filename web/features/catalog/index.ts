import { IconFileImport, IconPhoto, IconPhotoPlus, IconPlus } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";
import { readCatalogAddress } from "./address.ts";

export const catalog = {
  name: "catalog",
  texts: { catalog: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") } },
  section: {
    label: { es: "Catálogo", en: "Catalogue" },
    path: "/catalog",
    icon: IconPhoto,
    order: 10,
    permission: "catalog:read",
  },
  commands: [
    {
      id: "add-photos",
      label: { es: "Añadir fotos", en: "Add photos" },
      words: { es: "subir cargar muchas productos", en: "upload bulk many products" },
      icon: IconPhotoPlus,
      path: "/catalog/add",
      permission: "catalog:write",
    },
    {
      id: "add-product",
      label: { es: "Producto nuevo", en: "New product" },
      words: { es: "añadir crear", en: "add create" },
      icon: IconPlus,
      path: "/catalog/new",
      permission: "catalog:write",
    },
    {
      id: "import-products",
      label: { es: "Importar CSV", en: "Import CSV" },
      words: { es: "planilla hoja excel", en: "spreadsheet excel" },
      icon: IconFileImport,
      path: "/catalog/import",
      permission: "catalog:write",
    },
  ],
  search: {
    label: { es: "Productos", en: "Products" },
    permission: "catalog:read",
    find: async (text, signal) => (await import("./search.ts")).find(text, signal),
  },
  attention: [
    {
      id: "photos",
      permission: "catalog:read",
      topics: ["product-images"],
      load: async (language, signal) => (await import("./attention.ts")).load(language, signal),
    },
  ],
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly catalog: typeof import("./locales/es.ts").default;
  }
}

const catalogListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/catalog",
  validateSearch: readCatalogAddress,
  component: lazyRouteComponent(() => import("./list/catalog-page.tsx")),
});

const addPhotosRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/catalog/add",
  component: lazyRouteComponent(() => import("./bulk/add-photos-page.tsx")),
});

const newProductRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/catalog/new",
  component: lazyRouteComponent(() => import("./product/new-product-page.tsx")),
});

const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/catalog/import",
  component: lazyRouteComponent(() => import("./csv/import-page.tsx")),
});

const productRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/catalog/$productId",
  component: lazyRouteComponent(() => import("./product/product-page.tsx")),
});

export const catalogRoutes = [catalogListRoute, addPhotosRoute, newProductRoute, importRoute, productRoute] as const;
