import type { Principal } from "../../foundation/auth/principal.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { rethrowAsProblem, storyProblems } from "../errors.ts";
import { isChildUploadRestricted } from "../gateway/region.ts";
import { isCameraPhoto } from "./camera-photo.ts";
import { refuseUpload } from "./queries.ts";
import type { PicturePlace } from "./store-picture.ts";

export const contentKinds = ["illustration", "photo", "child_photo"] as const;
/** What whoever uploads it says that it is: drawn, a photo without children, or one that shows a child. */
export type ContentKind = (typeof contentKinds)[number];

export const childUploadRestricted = "child_upload_restricted";

/**
 * Refuses photos of children from where they may not be uploaded (the EEA, Switzerland, the United Kingdom, and wherever
 * nobody knows), and records that. A picture of which nobody said what it is counts as one when a camera took it. Throws
 * CHILD_UPLOAD_RESTRICTED.
 */
export async function refuseChildPhoto(
  { database, log }: Pick<Foundation, "database" | "log">,
  principal: Principal,
  place: PicturePlace,
  upload: { readonly bytes: Uint8Array; readonly kind: ContentKind | undefined; readonly region: string | null },
): Promise<void> {
  const { bytes, kind, region } = upload;
  if (!isChildUploadRestricted(region)) return;
  const mayShowChild = kind === "child_photo" || (kind === undefined && (await isCameraPhoto(bytes)));
  if (!mayShowChild) return;
  const { storyId, imageType } = place;
  await database
    .actAs(principal, (tx) => refuseUpload(tx, { storyId, imageType, policyContext: childUploadRestricted, region }))
    .catch(rethrowAsProblem);
  log.warn({ storyId, imageType, region, policyContext: childUploadRestricted }, "a photo was kept out by the policy");
  throw storyProblems.CHILD_UPLOAD_RESTRICTED({
    detail:
      region === null
        ? "Nobody knows from where this story is made, so photos that may show a child are not taken. Set storyRegion, or say in contentKind what the picture is."
        : "Photos that may show a child are not taken from the EEA, Switzerland and the United Kingdom. Use an illustration, or say in contentKind what the picture is.",
    errors: [{ path: "storyRegion", message: region ?? "unknown", policyContext: childUploadRestricted }],
  });
}
