/** How well the pictures of a story go together, told without a model. */
export { type CheckedPicture, type ConsistencyReport, checkConsistency } from "./consistency.ts";
