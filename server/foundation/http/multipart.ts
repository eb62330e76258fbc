import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { problems } from "../problem.ts";

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
 * reading, waits for the files under way to be given up, and is thrown; what was received by then is handed to `discard`.
 */
export async function readMultipart<Received>(
  request: Request,
  limits: MultipartLimits,
  receive: (file: MultipartFile) => Promise<Received>,
  discard: (received: Received) => Promise<void>,
): Promise<Multipart<Received>> {
  const body = requireMultipart(request);
  const fields = new Map<string, string>();
  const underWay: Promise<{ readonly field: string; readonly received: Received }>[] = [];
  const source = Readable.fromWeb(body as import("node:stream/web").ReadableStream);
  const parser = openParser(request, limits);
  const fail = (error: Error) => source.destroy(error);

  parser.on("field", (name: string, value: string, nameTruncated: boolean, valueTruncated: boolean) => {
    if (nameTruncated || valueTruncated) fail(problems.PAYLOAD_TOO_LARGE(`The field ${name} is too long.`));
    else if (fields.has(name)) fail(problems.VALIDATION_FAILED(`The field ${name} comes twice.`));
    else fields.set(name, value);
  });
  parser.on("file", (field: string, stream: Readable, fileName: string, _encoding: string, mimeType: string) => {
    const receiving = receive({ field, fileName, mimeType, body: stream }).then((received) => ({ field, received }));
    receiving.catch((error: Error) => {
      stream.resume();
      fail(error);
    });
    underWay.push(receiving);
  });
  for (const limit of ["filesLimit", "fieldsLimit", "partsLimit"] as const) {
    parser.on(limit, () => fail(problems.PAYLOAD_TOO_LARGE("The request has too many parts.")));
  }
  source.on("error", (error) => parser.destroy(error));

  try {
    source.pipe(parser);
    await finished(parser);
    return { fields, files: await Promise.all(underWay) };
  } catch (error) {
    const settled = await Promise.allSettled(underWay);
    await Promise.all(settled.map((file) => (file.status === "fulfilled" ? discard(file.value.received) : undefined)));
    const rejected = settled.find((file) => file.status === "rejected");
    throw asProblem(rejected?.reason ?? error);
  }
}

function requireMultipart(request: Request): ReadableStream<Uint8Array> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw problems.UNSUPPORTED_MEDIA_TYPE("Send the files as multipart/form-data.");
  }
  if (request.body === null) throw problems.VALIDATION_FAILED("The request has no body.");
  return request.body;
}

function openParser(request: Request, limits: MultipartLimits): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { "content-type": request.headers.get("content-type") ?? "" },
      limits: { files: limits.filesMax, fields: limits.fieldsMax, fieldSize: limits.fieldBytesMax, headerPairs: 32 },
    });
  } catch (error) {
    throw problems.VALIDATION_FAILED({ detail: "The multipart boundary is missing or not valid.", cause: error });
  }
}

/** The parser's own words about a body that ends early or is malformed, as a problem of the caller's. */
function asProblem(error: unknown): Error {
  if (error instanceof Error && /Unexpected end|Part terminated early|Malformed|boundary/i.test(error.message)) {
    return problems.VALIDATION_FAILED({ detail: "The multipart body is cut short or malformed.", cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}
