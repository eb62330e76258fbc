import { IconClipboardCheck, IconFileImport, IconPackages, IconTags, IconTruckDelivery } from "@tabler/icons-react";
import type { Feature } from "../../shared/feature/feature.ts";
import { countRoutes } from "./counts/routes.ts";
import { csvRoutes } from "./csv/routes.ts";
import { frameRoute } from "./frame-route.ts";
import { labelRoutes } from "./labels/routes.ts";
import { ledgerRoutes } from "./ledger/routes.ts";
import { locationRoutes } from "./locations/routes.ts";
import { movementRoutes } from "./movements/routes.ts";
import { priceRoutes } from "./prices/routes.ts";
import { purchasingRoutes } from "./purchasing/routes.ts";
import { reservationRoutes } from "./reservations/routes.ts";
import { stockRoutes } from "./stock/routes.ts";
import { taskRoutes } from "./tasks/routes.ts";
import { transferRoutes } from "./transfers/routes.ts";

export const inventory = {
  name: "inventory",
  texts: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") },
  section: {
    label: { es: "Existencias", en: "Stock" },
    path: "/inventory",
    icon: IconPackages,
    order: 20,
    permission: "stock:read",
  },
  commands: [
    {
      id: "count-stock",
      label: { es: "Contar existencias", en: "Count stock" },
      words: { es: "conteo inventario recuento", en: "stocktake" },
      icon: IconClipboardCheck,
      path: "/inventory/counts",
      permission: "stock:write",
    },
    {
      id: "purchase-orders",
      label: { es: "Pedidos y recepciones", en: "Orders and receipts" },
      words: { es: "comprar recibir proveedor reposición", en: "buy receive supplier reorder" },
      icon: IconTruckDelivery,
      path: "/inventory/orders",
      permission: "stock:write",
    },
    {
      id: "print-labels",
      label: { es: "Imprimir etiquetas", en: "Print labels" },
      words: { es: "código de barras precio góndola", en: "barcode price shelf" },
      icon: IconTags,
      path: "/inventory/labels",
      permission: "catalog:read",
    },
    {
      id: "import-stock",
      label: { es: "Cargar existencias (CSV)", en: "Load stock (CSV)" },
      words: { es: "importar planilla excel", en: "import spreadsheet excel" },
      icon: IconFileImport,
      path: "/inventory/import",
      permission: "stock:write",
    },
  ],
  attention: [
    {
      id: "tasks",
      permission: "stock:reserve",
      load: async (language, signal) => (await import("./tasks/attention.ts")).load(language, signal),
    },
  ],
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly inventory: typeof import("./locales/es.ts").default;
  }
}

export const inventoryRoute = frameRoute.addChildren([
  ...stockRoutes,
  ...ledgerRoutes,
  ...movementRoutes,
  ...transferRoutes,
  ...reservationRoutes,
  ...locationRoutes,
  ...countRoutes,
  ...purchasingRoutes,
  ...priceRoutes,
  ...labelRoutes,
  ...csvRoutes,
  ...taskRoutes,
]);
