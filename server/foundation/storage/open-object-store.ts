import { join } from "node:path";
import { FolderObjectStore } from "./folder-object-store.ts";
import type { ObjectStore } from "./object-store.ts";

export interface ObjectStoreConfig {
  readonly dataDir: string;
  readonly s3: {
    readonly endpoint?: string;
    readonly region: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly forcePathStyle: boolean;
  } | null;
  readonly publicMediaUrl: string | null;
  /** For the signed addresses of a folder; a bucket signs with its own key. */
  readonly signingSecret?: () => Promise<string>;
}

/**
 * The store that the configuration names: the bucket when there is one, else the folder `objects` in the data folder.
 * Reaches nothing yet; `probe` tells whether it can be worked with. The S3 client is loaded only when it is used.
 */
export async function openObjectStore(config: ObjectStoreConfig): Promise<ObjectStore> {
  const { dataDir, s3, publicMediaUrl, signingSecret } = config;
  if (s3 === null) return new FolderObjectStore({ root: join(dataDir, "objects"), publicMediaUrl, signingSecret });
  const { S3ObjectStore } = await import("./s3-object-store.ts");
  return new S3ObjectStore({ ...s3, publicMediaUrl });
}
