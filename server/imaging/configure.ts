import { availableParallelism } from "node:os";
import sharp from "sharp";
import { setDecodePlaces } from "./decode-places.ts";

export interface ImagingConfiguration {
  /** Threads that libvips gives to one picture. */
  readonly threads?: number;
  /** Pictures decoded at the same time; bounds memory. libuv has 4 threads unless `UV_THREADPOOL_SIZE` says more. */
  readonly decodesAtOnce?: number;
}

/**
 * Sets up the image library for the whole process; call it once, before the first picture.
 *
 * One thread a picture: several pictures side by side use the cores better than one picture cut into strips, and the
 * CPU per photo is lowest. No cache: no photo is drawn twice by a process, so it would only hold memory.
 */
export function configureImaging(configuration: ImagingConfiguration = {}): void {
  sharp.concurrency(configuration.threads ?? 1);
  sharp.cache(false);
  setDecodePlaces(configuration.decodesAtOnce ?? availableParallelism());
}
