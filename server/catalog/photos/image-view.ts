import type { ObjectStore } from "../../foundation/storage/object-store.ts";
import type { Image } from "../schemas.ts";
import type { HistoryRow, ImageRow, JobRow } from "./queries.ts";

/** A photo as the API shows it: object keys become addresses that can be fetched as they stand. */
export function imageView(image: ImageRow, store: Pick<ObjectStore, "url">): Image {
  const { originalKey, thumbnailKey, thumbnails, job, ...shown } = image;
  return {
    ...shown,
    isMain: image.position === 0,
    url: store.url(originalKey),
    thumbnails: thumbnails === null ? null : thumbnailAddresses(thumbnails, store),
    thumbnailUrl: thumbnailKey === null ? null : store.url(thumbnailKey),
    stateChangedAt: utc(image.stateChangedAt),
    createdAt: utc(image.createdAt),
    updatedAt: utc(image.updatedAt),
    job: job === null ? null : jobView(job),
  };
}

/** The address of each variant that there is. */
export function thumbnailAddresses(
  thumbnails: Readonly<Record<string, string>>,
  store: Pick<ObjectStore, "url">,
): Record<string, string> {
  return Object.fromEntries(Object.entries(thumbnails).map(([variant, key]) => [variant, store.url(key)]));
}

export function historyView(entry: HistoryRow) {
  return { ...entry, at: utc(entry.at) };
}

function jobView(job: JobRow): NonNullable<Image["job"]> {
  return {
    ...job,
    startedAt: job.startedAt === null ? null : utc(job.startedAt),
    completedAt: job.completedAt === null ? null : utc(job.completedAt),
  };
}

/** PostgreSQL's timestamp text as RFC 3339 in UTC. */
const utc = (time: string): string => new Date(time).toISOString();
