import { IconActivityHeartbeat, IconAlarm, IconAlertTriangle, IconPhotoCheck, IconStack2 } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";
import { incidentFilters, isOneOf, jobStates } from "./filters.ts";

const permission = "operations:manage";

export const operations = {
  name: "operations",
  texts: { operations: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") } },
  section: {
    label: { es: "Operación", en: "Operations" },
    path: "/operations",
    icon: IconActivityHeartbeat,
    order: 50,
    permission,
  },
  commands: [
    {
      id: "thumbnails",
      label: { es: "Miniaturas: cómo van", en: "Thumbnails: how they go" },
      words: { es: "fotos métricas tablero", en: "photos metrics dashboard" },
      icon: IconPhotoCheck,
      path: "/operations/thumbnails",
      permission,
    },
    {
      id: "dead-jobs",
      label: { es: "Trabajos que fallaron del todo", en: "Jobs that failed for good" },
      words: { es: "cola reintentar errores", en: "queue retry errors dead letters" },
      icon: IconStack2,
      path: "/operations/jobs?state=dead",
      permission,
    },
    {
      id: "schedules",
      label: { es: "Tareas programadas", en: "Schedules" },
      words: { es: "horarios cron ejecutar pausar", en: "cron run pause" },
      icon: IconAlarm,
      path: "/operations/schedules",
      permission,
    },
    {
      id: "incidents",
      label: { es: "Incidentes", en: "Incidents" },
      words: { es: "problemas alertas avisos", en: "problems alerts" },
      icon: IconAlertTriangle,
      path: "/operations/incidents",
      permission,
    },
  ],
  pulse: { permission, load: async (language, signal) => (await import("./on-home.ts")).pulse(language, signal) },
  attention: [
    {
      id: "incidents",
      permission,
      topics: ["incidents"],
      load: async (language, signal) => (await import("./on-home.ts")).unresolvedIncidents(language, signal),
    },
  ],
  happenings: {
    permission: "catalog:read",
    topics: ["product-images"],
    load: async (language, signal) => (await import("./on-home.ts")).happenings(language, signal),
  },
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly operations: typeof import("./locales/es.ts").default;
  }
}

const frameRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/operations",
  component: lazyRouteComponent(() => import("./operations-page.tsx")),
});

type Search = Readonly<Record<string, unknown>>;

const healthRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./health/health-page.tsx")),
});

const thumbnailsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/thumbnails",
  validateSearch: ({ days }: Search) => (isOneOf([7, 30, 90], days) ? { days } : {}),
  component: lazyRouteComponent(() => import("./thumbnails/thumbnails-page.tsx")),
});

const jobsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/jobs",
  validateSearch: ({ state }: Search) => (isOneOf(jobStates, state) ? { state } : {}),
  component: lazyRouteComponent(() => import("./jobs/jobs-page.tsx")),
});

const schedulesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/schedules",
  validateSearch: ({ runs }: Search) => (typeof runs === "string" ? { runs } : {}),
  component: lazyRouteComponent(() => import("./schedules/schedules-page.tsx")),
});

const incidentsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/incidents",
  validateSearch: ({ state }: Search) => (isOneOf(incidentFilters, state) ? { state } : {}),
  component: lazyRouteComponent(() => import("./incidents/incidents-page.tsx")),
});

const breakersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/breakers",
  component: lazyRouteComponent(() => import("./breakers/breakers-page.tsx")),
});

export const operationsRoute = frameRoute.addChildren([
  healthRoute,
  thumbnailsRoute,
  jobsRoute,
  schedulesRoute,
  incidentsRoute,
  breakersRoute,
]);
