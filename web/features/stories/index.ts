import { IconBook2, IconBookUpload } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";

const permission = "stories:write";

export const stories = {
  name: "stories",
  texts: { stories: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") } },
  section: { label: { es: "Cuentos", en: "Stories" }, path: "/stories", icon: IconBook2, order: 40, permission },
  commands: [
    {
      id: "new-story",
      label: { es: "Cuento nuevo", en: "New story" },
      words: { es: "escribir libro ilustrar", en: "write book illustrate" },
      icon: IconBookUpload,
      path: "/stories/new",
      permission,
    },
  ],
  search: {
    label: { es: "Cuentos", en: "Stories" },
    permission,
    find: async (text, signal) => (await import("./search.ts")).find(text, signal),
  },
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly stories: typeof import("./locales/es.ts").default;
  }
}

type Search = Readonly<Record<string, unknown>>;

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/stories",
  validateSearch: ({ query }: Search) => (typeof query === "string" && query !== "" ? { query } : {}),
  component: lazyRouteComponent(() => import("./list/stories-page.tsx")),
});

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/stories/new",
  component: lazyRouteComponent(() => import("./writing/new-story-page.tsx")),
});

const figuresRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/stories/figures",
  validateSearch: ({ days }: Search) => (days === 7 || days === 90 ? { days } : {}),
  component: lazyRouteComponent(() => import("./figures/figures-page.tsx")),
});

const storyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/stories/$storyId",
  component: lazyRouteComponent(() => import("./story/story-page.tsx")),
});

const picturesRoute = createRoute({
  getParentRoute: () => storyRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./pictures/pictures-part.tsx")),
});

const textRoute = createRoute({
  getParentRoute: () => storyRoute,
  path: "/text",
  component: lazyRouteComponent(() => import("./writing/writing-part.tsx")),
});

const readRoute = createRoute({
  getParentRoute: () => storyRoute,
  path: "/read",
  component: lazyRouteComponent(() => import("./reading/reading-part.tsx")),
});

const printRoute = createRoute({
  getParentRoute: () => storyRoute,
  path: "/print",
  component: lazyRouteComponent(() => import("./printing/printing-part.tsx")),
});

export const storyRoutes = [
  listRoute,
  newRoute,
  figuresRoute,
  storyRoute.addChildren([picturesRoute, textRoute, readRoute, printRoute]),
] as const;
