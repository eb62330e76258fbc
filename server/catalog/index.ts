import type { Module } from "../foundation/module.ts";
import { configureImaging, recipeVersion } from "../imaging/index.ts";
import { registerDemoRoutes } from "./demo/routes.ts";
import { offerDemo, seedDemo } from "./demo/seed-demo.ts";
import { purgeObjects } from "./photos/purge-objects.ts";
import { registerPhotoRoutes } from "./photos/routes.ts";
import { registerUploadRoutes } from "./photos/upload-routes.ts";
import { registerProductCsvRoutes } from "./products/csv-routes.ts";
import { registerProductFacetRoutes } from "./products/facets/routes.ts";
import { registerProductRoutes } from "./products/routes.ts";
import { catalogAudits, catalogSchedules } from "./schedules.ts";
import { catalogSettings } from "./settings.ts";
import { generateThumbnails } from "./thumbnails/generate-thumbnails.ts";
import { setRecipeVersion } from "./thumbnails/queries.ts";
import { registerThumbnailRoutes } from "./thumbnails/routes.ts";

export { type ImportedPhoto, importPhoto } from "./photos/import-photo.ts";
export { type PhotoProgress, readPhotoProgress } from "./photos/progress.ts";
export { ImportNotApplied, type ImportReport, importProducts } from "./products/import-products.ts";
export { type BackfillReport, backfillThumbnails } from "./thumbnails/backfill.ts";

/** Products and their photos; a main photo always gets its four thumbnails (requirements 01 to 03). */
export const catalog: Module = {
  name: "catalog",
  routes: (app, foundation) => {
    // Before `/v1/products/{id}`, which would take `import`, `export.csv` and `facets` for ids.
    registerProductCsvRoutes(app, foundation);
    registerProductFacetRoutes(app, foundation);
    registerProductRoutes(app, foundation);
    registerUploadRoutes(app, foundation);
    registerPhotoRoutes(app, foundation);
    registerThumbnailRoutes(app, foundation);
    registerDemoRoutes(app, foundation);
  },
  tasks: [generateThumbnails, purgeObjects, seedDemo],
  schedules: catalogSchedules,
  audits: catalogAudits,
  settings: catalogSettings,
  topics: [{ name: "product-images", permission: "catalog:read" }],
  publicMedia: ["products/"],
  start: async (foundation) => {
    configureImaging();
    await setRecipeVersion(foundation.database.db, String(recipeVersion));
  },
  serve: offerDemo,
};
