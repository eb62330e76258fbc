import { definePurgeTask } from "../../foundation/storage/purge-task.ts";
import { findUnreferencedKeys } from "../audits/queries.ts";

/** Removes the objects of photos that are gone or were replaced. */
export const purgeObjects = definePurgeTask({ name: "purge-objects", findUnreferencedKeys });
