import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { type Problem, problems } from "../problem.ts";

export interface MultipartLimits {
  readonly filesMax: number;
  readonly fieldsMax: number;
  readonly fieldBytesMax: number;
}

export interface MultipartFile {
  readonly field: string;
  readonly fileName: string;
  /** As the client says; never believed. */
  readonly mimeType: string;
  readonly body: Readable;
}

export interface Multipart<Received> {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: readonly { readonly field: string; readonly received: Received }[];
}

/**
 * Reads a `multipart/form-data` request (RFC 7578) as it arrives: each file is given to `receive` while its bytes come
 * in, at the sender's pace. The first thing that goes wrong (a limit, `receive` throwing, the client going away) ends the
 * reading and the files under way (their `body` is destroyed), hands what was received by then to `discard`, and is
 * thrown; no `receive` is still at work then.
 *
 * @throws Problem VALIDATION_FAILED (malformed, cut short, too many parts), PAYLOAD_TOO_LARGE (a field),
 * UNSUPPORTED_MEDIA_TYPE, and whatever `receive` throws
 */
export async function readMultipart<Received>(
  request: Request,
  limits: MultipartLimits,
  receive: (file: MultipartFile) => Promise<Received>,
  discard: (received: Received) => Promise<void>,
): Promise<Multipart<Received>> {
  const source = Readable.fromWeb(requireMultipart(request) as import("node:stream/web").ReadableStream);
  const parser = openParser(request, limits);
  const fields = new Map<string, string>();
  const bodies: Readable[] = [];
  const underWay: Promise<{ readonly field: string; readonly received: Received }>[] = [];
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  };

  parser.on("field", (name: string | undefined, value: string, _nameTruncated: boolean, valueTruncated: boolean) => {
    if (name === undefined) fail(problems.VALIDATION_FAILED("A part of the body has no name."));
    else if (valueTruncated) fail(problems.PAYLOAD_TOO_LARGE(`The field ${name} is too long.`));
    else if (fields.has(name)) fail(problems.VALIDATION_FAILED(`The field ${name} comes twice.`));
    else fields.set(name, value);
  });
  parser.on("file", (field = "", body: Readable, fileName = "", _encoding: string, mimeType: string) => {
    // Whoever reads the body learns of its error from reading; without a reader it is nobody's but this function's.
    body.on("error", () => undefined);
    bodies.push(body);
    const receiving = receive({ field, fileName, mimeType, body }).then((received) => ({ field, received }));
    receiving.catch(fail);
    underWay.push(receiving);
  });
  for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
    parser.on(limit, () => fail(tooManyParts(limits)));
  }
  // Both before the files' own errors, which follow from these.
  source.on("error", (error) => {
    failure ??= cutShort(error);
  });
  parser.on("error", (error: Error) => {
    failure ??= cutShort(error);
  });

  try {
    await pipeline(source, parser);
    return { fields, files: await Promise.all(underWay) };
  } catch (error) {
    failure ??= error;
    for (const body of bodies) body.destroy(error instanceof Error ? error : undefined);
    const settled = await Promise.allSettled(underWay);
    await Promise.all(settled.map((file) => (file.status === "fulfilled" ? discard(file.value.received) : undefined)));
    throw failure;
  }
}

function requireMultipart(request: Request): ReadableStream<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data(?:\s|;|$)/i.test(type)) {
    throw problems.UNSUPPORTED_MEDIA_TYPE("Send the files as multipart/form-data.");
  }
  if (!boundaryParameter.test(type)) throw problems.VALIDATION_FAILED(noBoundary);
  if (request.body === null) throw problems.VALIDATION_FAILED("The request has no body.");
  return request.body;
}

/** RFC 2046 §5.1.1: 1 to 70 characters. The parser itself would take an empty one, which every line break matches. */
const boundaryParameter = /;\s*boundary=(?:"[^"\r\n]{1,70}"|[^\s";]{1,70})\s*(?:;|$)/i;
const noBoundary = "The multipart boundary is missing or not valid.";

function openParser(request: Request, limits: MultipartLimits): InstanceType<typeof Busboy> {
  const { filesMax, fieldsMax, fieldBytesMax } = limits;
  try {
    return new Busboy({
      headers: { "content-type": request.headers.get("content-type") ?? "" },
      limits: {
        files: filesMax,
        fields: fieldsMax,
        // Parts that are neither, too: they are passed over, but not without end.
        parts: filesMax + fieldsMax + 1,
        fieldSize: fieldBytesMax,
        headerPairs: 32,
        headerSize: 8 * 1024,
      },
    });
  } catch (error) {
    throw problems.VALIDATION_FAILED({ detail: noBoundary, cause: error });
  }
}

const tooManyParts = ({ filesMax, fieldsMax }: MultipartLimits): Problem =>
  problems.VALIDATION_FAILED(
    `The body has too many parts: ${filesMax === 1 ? "one file" : `${filesMax} files`} and ${fieldsMax} fields at most.`,
  );

const cutShort = (cause: unknown): Problem =>
  problems.VALIDATION_FAILED({ detail: "The multipart body is cut short or malformed.", cause });
