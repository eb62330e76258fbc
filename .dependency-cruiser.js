/**
 * Who may import whom (docs/architecture.md). `foundation` knows no module, `imaging` nothing of ours, and a module
 * another one only through its `index.ts`, along the edges listed here.
 */
const modules = ["catalog", "inventory", "suppliers", "stories", "operations"];

/** Today's allowed edges; `operations` may look at the public face of all. */
const edges = {
  catalog: [],
  inventory: ["catalog"],
  suppliers: ["catalog", "inventory"],
  stories: [],
  operations: modules.filter((name) => name !== "operations"),
};

const tests = "\\.(test|testing)\\.ts$|^server/testing/";

export default {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "not-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "foundation-knows-no-module",
      severity: "error",
      from: { path: "^server/foundation/", pathNot: tests },
      to: { path: `^server/(${modules.join("|")}|imaging)/` },
    },
    {
      name: "imaging-stands-alone",
      severity: "error",
      from: { path: "^server/imaging/" },
      to: { path: "^(server|sdk|web)/", pathNot: "^server/imaging/" },
    },
    ...modules.map((name) => ({
      name: `${name}-imports-only-what-it-may`,
      severity: "error",
      from: { path: `^server/${name}/` },
      to: {
        path: `^server/(${modules.filter((other) => other !== name && !edges[name].includes(other)).join("|")})/`,
      },
    })),
    {
      name: "modules-only-through-their-index",
      severity: "error",
      from: { path: `^server/(${modules.join("|")}|application|cli|main)`, pathNot: tests },
      to: { path: `^server/(${modules.join("|")})/(?!index\\.ts$)`, pathNot: "^server/$1/" },
    },
    {
      name: "tests-are-not-shipped",
      severity: "error",
      from: { path: "^server/", pathNot: tests },
      to: { path: tests },
    },
    {
      name: "sdk-knows-no-server",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^(server|web)/" },
    },
    { name: "web-only-through-the-sdk", severity: "error", from: { path: "^web/" }, to: { path: "^server/" } },
    {
      name: "web-shared-knows-no-feature",
      severity: "error",
      from: { path: "^web/shared/" },
      to: { path: "^web/(app|features)/" },
    },
    {
      name: "web-features-know-neither-the-frame-nor-each-other",
      severity: "error",
      from: { path: "^web/features/([^/]+)/" },
      to: { path: "^web/(app|features)/", pathNot: "^web/features/$1/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // TypeScript 7 has no API yet; swc reads the imports.
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
