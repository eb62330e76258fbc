import { definePurgeTask } from "../../foundation/storage/purge-task.ts";
import { findUnreferencedKeys } from "./queries.ts";

/** Removes the objects of stories that are gone or whose pictures were replaced. */
export const purgeStoryObjects = definePurgeTask({ name: "purge-story-objects", findUnreferencedKeys });
