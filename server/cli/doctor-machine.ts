import { mkdir, statfs } from "node:fs/promises";
import type { Config } from "../config.ts";
import { openObjectStore } from "../foundation/storage/open-object-store.ts";
import type { Examination } from "./diagnosis.ts";

const nodeMajorMin = 24;
const freeBytesMin = 512 * 1024 * 1024;
const storeTimeoutMs = 10_000;

export const examineNode = (): Examination => ({
  name: "node",
  remedy: `Install Node ${nodeMajorMin} or newer, or start Bodega with npx bodega, which brings its own.`,
  examine: async () => {
    const isNewEnough = Number(process.versions.node.split(".")[0]) >= nodeMajorMin;
    return { state: isNewEnough ? "ok" : "failed", detail: `Node ${process.versions.node}` };
  },
});

export const examineDisk = ({ dataDir }: Config): Examination => ({
  name: "data folder",
  remedy: `Make room on the disk of ${dataDir}, or set DATA_DIR to a folder that this user may write.`,
  examine: async () => {
    await mkdir(dataDir, { recursive: true });
    const { bavail, bsize } = await statfs(dataDir);
    const freeBytes = bavail * bsize;
    return {
      state: freeBytes >= freeBytesMin ? "ok" : "failed",
      detail: `${dataDir}, ${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`,
    };
  },
});

export const examineStore = ({ dataDir, s3, publicMediaUrl }: Config): Examination => ({
  name: "object store",
  remedy:
    s3 === null
      ? `Let this user write the folder objects in ${dataDir}.`
      : "Look at S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and at the rights of that key.",
  examine: async () => {
    const store = await openObjectStore({ dataDir, s3, publicMediaUrl });
    const beganAt = performance.now();
    await store.probe(AbortSignal.timeout(storeTimeoutMs));
    const durationMs = Math.round(performance.now() - beganAt);
    return { state: "ok", detail: `${store.description}: written, read and removed in ${durationMs} ms` };
  },
});
