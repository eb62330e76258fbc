import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import { privateAddress } from "../private-address.ts";
import type { StoryImage } from "../schemas.ts";
import type { PictureRow } from "./queries.ts";

/** A picture as the API shows it: the key of its object becomes an address that is good for an hour. */
export async function pictureView(picture: PictureRow, store: Pick<ObjectStore, "signedUrl">): Promise<StoryImage> {
  const { objectKey, originalKey: _, ...shown } = picture;
  return {
    ...shown,
    ...(await privateAddress(store, objectKey)),
    path: objectKey,
    extension: objectKey.slice(objectKey.lastIndexOf(".") + 1),
    createdAt: new Date(picture.createdAt).toISOString(),
    updatedAt: new Date(picture.updatedAt).toISOString(),
  };
}

export function pictureViews(
  pictures: readonly PictureRow[],
  store: Pick<ObjectStore, "signedUrl">,
): Promise<StoryImage[]> {
  return Promise.all(pictures.map((picture) => pictureView(picture, store)));
}
