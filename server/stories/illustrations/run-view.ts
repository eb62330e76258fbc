import type { Run } from "../schemas.ts";
import type { RunRow } from "./queries.ts";

/** A run as the API shows it. The scenes stay inside: descriptions are the author's, not for every watcher. */
export function runView({ scenes: _, ...run }: RunRow): Run {
  return {
    ...run,
    isOver: run.state !== "queued" && run.state !== "running",
    images: run.images.map((image) => ({
      ...image,
      startedAt: utc(image.startedAt),
      finishedAt: utc(image.finishedAt),
    })),
    createdAt: new Date(run.createdAt).toISOString(),
    startedAt: utc(run.startedAt),
    finishedAt: utc(run.finishedAt),
  };
}

const utc = (time: string | null): string | null => (time === null ? null : new Date(time).toISOString());
