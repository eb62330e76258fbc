import {
  IconArrowsExchange,
  IconClipboardCheck,
  IconFileImport,
  IconLock,
  IconMapPin,
  IconPackageImport,
  IconPackages,
  IconTags,
  IconTruckDelivery,
} from "@tabler/icons-react";
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
  texts: {
    inventory: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") },
    inventoryHome: { es: () => import("./stock/home-texts.es.ts"), en: () => import("./stock/home-texts.en.ts") },
  },
  section: {
    label: { es: "Existencias", en: "Stock" },
    path: "/inventory",
    icon: IconPackages,
    order: 20,
    permission: "stock:read",
  },
  commands: [
    {
      id: "new-movement",
      label: { es: "Nuevo movimiento de existencias", en: "New stock movement" },
      words: { es: "entrada salida ajuste registrar mercadería", en: "entry exit adjustment record goods" },
      icon: IconPackageImport,
      path: "/inventory/movements/new",
      permission: "stock:write",
    },
    {
      id: "transfer-stock",
      label: { es: "Traslado entre ubicaciones", en: "Transfer between locations" },
      words: { es: "mover depósito", en: "move warehouse" },
      icon: IconArrowsExchange,
      path: "/inventory/transfer",
      permission: "stock:write",
    },
    {
      id: "reserve-stock",
      label: { es: "Nueva reserva", en: "New reservation" },
      words: { es: "reservar apartar señar", en: "reserve hold put aside" },
      icon: IconLock,
      path: "/inventory/reservations/new",
      permission: "stock:reserve",
    },
    {
      id: "locations",
      label: { es: "Ubicaciones", en: "Locations" },
      words: { es: "depósitos lugares mostrador", en: "warehouses places counter" },
      icon: IconMapPin,
      path: "/inventory/locations",
      permission: "stock:write",
    },
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
  search: {
    label: { es: "Existencias", en: "Stock" },
    permission: "stock:read",
    find: async (text, signal) => (await import("./stock/search.ts")).find(text, signal),
  },
  pulse: {
    permission: "stock:write",
    load: async (language, signal) => (await import("./stock/on-home.ts")).pulse(language, signal),
  },
  happenings: {
    permission: "stock:read",
    topics: ["stock"],
    load: async (language, signal) => (await import("./stock/on-home.ts")).happenings(language, signal),
  },
  attention: [
    {
      id: "stock",
      permission: "stock:write",
      topics: ["stock"],
      load: async (language, signal) => (await import("./stock/on-home.ts")).attention(language, signal),
    },
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
    readonly inventoryHome: typeof import("./stock/home-texts.es.ts").default;
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
