import type { Module } from "../foundation/module.ts";
import { gatewaySettings } from "./gateway/settings.ts";
import { drawIllustration } from "./illustrations/draw.ts";
import { prepareIllustrations } from "./illustrations/prepare.ts";
import { registerIllustrationRoutes } from "./illustrations/routes.ts";
import { registerStoryRoutes } from "./manuscripts/routes.ts";
import { purgeStoryObjects } from "./pictures/purge-objects.ts";
import { registerSceneRoutes } from "./scenes/routes.ts";
import { storySchedules } from "./schedules.ts";
import { storySettings } from "./settings.ts";

/** Stories that an adult writes, their pictures, and the book that a child gets (requirement 05). */
export const stories: Module = {
  name: "stories",
  routes: (app, foundation) => {
    registerStoryRoutes(app, foundation);
    registerSceneRoutes(app, foundation);
    registerIllustrationRoutes(app, foundation);
  },
  tasks: [prepareIllustrations, drawIllustration, purgeStoryObjects],
  schedules: storySchedules,
  settings: [...storySettings, ...gatewaySettings],
  topics: [{ name: "stories", permission: "stories:write" }],
};
