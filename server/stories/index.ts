import type { Module } from "../foundation/module.ts";
import { registerFigureRoutes } from "./figures/routes.ts";
import { gatewayMetrics, gatewaySettings } from "./gateway/index.ts";
import { storyHealth } from "./health.ts";
import { drawIllustration } from "./illustrations/draw.ts";
import { prepareIllustrations } from "./illustrations/prepare.ts";
import { registerIllustrationRoutes } from "./illustrations/routes.ts";
import { registerStoryRoutes } from "./manuscripts/routes.ts";
import { checkStoryConsistency } from "./pictures/check-consistency.ts";
import { registerGenerationRoutes } from "./pictures/generate-routes.ts";
import { purgeStoryObjects } from "./pictures/purge-objects.ts";
import { registerPictureUploadRoutes } from "./pictures/upload-routes.ts";
import { registerPictureVersionRoutes } from "./pictures/version-routes.ts";
import { printBookTask } from "./printing/print-book-task.ts";
import { registerBookRoutes } from "./printing/routes.ts";
import { registerSceneRoutes } from "./scenes/routes.ts";
import { storyAudits, storySchedules } from "./schedules.ts";
import { storySettings } from "./settings.ts";

export { backfillPictures } from "./backfill-pictures.ts";
export { beginBook, beginIllustrations, readBook, readRun, writeStory } from "./make-story.ts";

const mebibyte = 1024 * 1024;

/** Stories that an adult writes, their pictures, and the book that a child gets (requirement 05). */
export const stories: Module = {
  name: "stories",
  routes: (app, foundation) => {
    // Before `/v1/stories/{id}`, which would take `metrics` and `report.csv` for ids.
    registerFigureRoutes(app, foundation);
    registerStoryRoutes(app, foundation);
    registerSceneRoutes(app, foundation);
    registerIllustrationRoutes(app, foundation);
    registerGenerationRoutes(app, foundation);
    registerPictureUploadRoutes(app, foundation);
    registerPictureVersionRoutes(app, foundation);
    registerBookRoutes(app, foundation);
  },
  tasks: [prepareIllustrations, drawIllustration, printBookTask, checkStoryConsistency, purgeStoryObjects],
  schedules: storySchedules,
  audits: storyAudits,
  healthChecks: [storyHealth],
  settings: [...storySettings, ...gatewaySettings],
  // Base64 is a third larger than the 12 MiB that a picture may have; a setting may raise those to 20.
  largeBodies: [
    { path: /^\/v1\/stories\/[^/]+\/images\/[^/]+$/, sizeBytesMax: 28 * mebibyte },
    { path: /^\/v1\/images\/generate$/, sizeBytesMax: 12 * mebibyte },
  ],
  topics: [{ name: "stories", permission: "stories:write" }],
  start: async (foundation) => {
    // So that a scrape finds the breakers before the first picture of this process.
    gatewayMetrics(foundation);
  },
};
