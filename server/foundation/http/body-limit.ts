import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { problems } from "../problem.ts";
import { type HttpEnv, socketOf } from "./http-env.ts";

const jsonBytesMax = 1024 * 1024;

/** Routes that take these count the bytes themselves while they stream them on. */
const streamed = ["multipart/form-data", "text/csv"];

/**
 * Refuses a body over `sizeBytesMax` with 413: at once when `Content-Length` tells, else as soon as the bytes that have
 * arrived exceed it; never more than that is held.
 */
export function limitBody(sizeBytesMax: number): MiddlewareHandler<HttpEnv> {
  const refuse = () => {
    throw problems.PAYLOAD_TOO_LARGE({
      detail: `The body may have ${sizeBytesMax} bytes at most.`,
      // What was not read is not worth reading: the connection ends with the answer.
      headers: { connection: "close" },
    });
  };
  const counted = bodyLimit({ maxSize: sizeBytesMax, onError: refuse });
  return async (c, next) => {
    const length = c.req.header("content-length");
    // Node reads no more than that of a socket (RFC 9112 §6.2). To look at the stream itself, as the counting does, would
    // have it made for each request, which costs a small one a tenth of all its time.
    const isToldBySocket = socketOf(c) !== undefined && c.req.header("transfer-encoding") === undefined;
    if (length === undefined || !isToldBySocket) return counted(c, next);
    if (Number(length) > sizeBytesMax) refuse();
    return next();
  };
}

/** Paths whose JSON may be larger than all others': pictures that travel as base64. */
export interface LargeBody {
  readonly path: RegExp;
  readonly sizeBytesMax: number;
}

/** The general limit: 1 MiB for everything but uploads, whose routes bring their own, and the `large` bodies. */
export function limitBodies(large: readonly LargeBody[] = []): MiddlewareHandler<HttpEnv> {
  const limited = limitBody(jsonBytesMax);
  const wider = large.map(({ path, sizeBytesMax }) => ({ path, limited: limitBody(sizeBytesMax) }));
  return async (c, next) => {
    const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (mediaType !== undefined && streamed.includes(mediaType)) return next();
    return (wider.find(({ path }) => path.test(c.req.path))?.limited ?? limited)(c, next);
  };
}
