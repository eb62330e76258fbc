import { errorCode, missingObject } from "./filesystem-error.ts";
import { StoreError, type StoreErrorKind } from "./object-store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: names that tell more than their status. */
const kindByName: Readonly<Record<string, StoreErrorKind>> = {
  NoSuchKey: "missing",
  NotFound: "missing",
  NoSuchBucket: "permanent",
  RequestTimeTooSkewed: "permanent",
  RequestTimeout: "transient",
  SlowDown: "transient",
  InternalError: "transient",
  ServiceUnavailable: "transient",
  OperationAborted: "transient",
  ThrottlingException: "transient",
  TimeoutError: "transient",
};

const transientStatuses: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/** What the network says when the server cannot be reached, or is lost on the way. */
const transientCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

const explanations: Readonly<Record<string, string>> = {
  AccessDenied: "these credentials may not do that in this bucket",
  InvalidAccessKeyId: "the server does not know this access key",
  SignatureDoesNotMatch: "the secret access key does not belong to the access key",
  NoSuchBucket: "there is no such bucket",
  PermanentRedirect: "the bucket is in another region or at another endpoint",
  AuthorizationHeaderMalformed: "the bucket is in another region",
  RequestTimeTooSkewed: "this machine's clock differs from the server's by more than it allows",
};

/** `doing` is what was tried, in English and without the key: `write`, `read` … */
export function storeErrorOfS3(key: string, doing: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const name = error instanceof Error ? error.name : "";
  const status = statusOf(error);
  const kind = kindOf(name, status, errorCode(error));
  if (kind === "missing") return missingObject(key, error);
  return new StoreError(kind, key, `Could not ${doing} ${key}: ${explanationOf(name, status, error)}.`, error);
}

/** The kind of one entry of a `DeleteObjects` answer, where only the name is told. */
export function storeErrorOfS3Entry(key: string, code: string, message: string): StoreError {
  const explanation = Object.hasOwn(explanations, code) ? explanations[code] : message;
  return new StoreError(kindOf(code, undefined, undefined), key, `Could not remove ${key} (${code}): ${explanation}.`);
}

function kindOf(name: string, status: number | undefined, code: string | undefined): StoreErrorKind {
  const byName = Object.hasOwn(kindByName, name) ? kindByName[name] : undefined;
  if (byName !== undefined) return byName;
  if (status !== undefined && transientStatuses.has(status)) return "transient";
  if (code !== undefined && transientCodes.has(code)) return "transient";
  return "permanent";
}

function explanationOf(name: string, status: number | undefined, error: unknown): string {
  if (Object.hasOwn(explanations, name)) return `${explanations[name]} (${name})`;
  if (status === 403) return "the server refused: look at the access key, its secret and its permissions (403)";
  if (status !== undefined) return `the server answered ${status} ${name}`;
  const code = errorCode(error);
  return code === undefined ? `${name || "unknown fault"}` : `the server could not be reached, or was lost (${code})`;
}

/** The SDK puts the status there, also on errors that it makes of answers it cannot read. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}
