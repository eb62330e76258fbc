/** How well the pictures of a story go together, told without a model. */
export {
  type CheckedPicture,
  type ConsistencyReport,
  type ConsistencyRequest,
  type ConsistencyWarning,
  checkConsistency,
  type NearDuplicate,
  type PictureConsistency,
} from "./consistency.ts";
