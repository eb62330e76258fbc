import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** A request as it came over the wire: `path` and `query` still percent-encoded, header names in lower case. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A refusal in S3's own words. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

const skewMaxMs = 15 * 60 * 1000;
const authorizationPattern =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/s3\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

/**
 * Verifies AWS Signature Version 4 in the `Authorization` header, except for the body's hash, which the caller compares
 * with `x-amz-content-sha256`. Returns null when all is well.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function signatureFault(
  request: SignedRequest,
  credentials: S3Credentials,
  region: string,
  now = Date.now(),
): Refusal | null {
  const authorization = request.headers.authorization;
  if (authorization === undefined) return { code: "AccessDenied", message: "Anonymous access is not allowed." };
  const [, accessKeyId, date, signedRegion, signedHeaders, signature] = authorizationPattern.exec(authorization) ?? [];
  const sentAt = request.headers["x-amz-date"];
  if (!accessKeyId || !date || !signedRegion || !signedHeaders || !signature || !sentAt?.startsWith(date)) {
    return { code: "AuthorizationHeaderMalformed", message: "The authorization header is malformed." };
  }
  if (accessKeyId !== credentials.accessKeyId) {
    return { code: "InvalidAccessKeyId", message: "The access key does not exist in our records." };
  }
  if (signedRegion !== region) {
    return {
      code: "AuthorizationHeaderMalformed",
      message: `The region '${signedRegion}' is wrong; expecting '${region}'`,
    };
  }
  if (!(Math.abs(now - timeOf(sentAt)) <= skewMaxMs)) {
    return { code: "RequestTimeTooSkewed", message: "The difference between the times is too large." };
  }
  const names = signedHeaders.split(";");
  const unsigned = Object.keys(request.headers).find((name) => mustBeSigned(name) && !names.includes(name));
  if (unsigned !== undefined) return { code: "AccessDenied", message: `The header ${unsigned} was not signed.` };
  const expected = signatureOf(request, names, credentials.secretAccessKey, region);
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return null;
  return { code: "SignatureDoesNotMatch", message: "The signature we calculated does not match the one you provided." };
}

/**
 * The same for a presigned address, whose signature is in its query: good from its time on for as long as it says, a week
 * at most. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function presignedFault(
  request: SignedRequest,
  credentials: S3Credentials,
  region: string,
  now = Date.now(),
): Refusal | null {
  const query = new URLSearchParams(request.query);
  const [accessKeyId, date, signedRegion] = (query.get("X-Amz-Credential") ?? "").split("/");
  const sentAt = query.get("X-Amz-Date") ?? "";
  const seconds = Number(query.get("X-Amz-Expires"));
  const signature = query.get("X-Amz-Signature") ?? "";
  const isMalformed =
    query.get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256" ||
    !date ||
    !sentAt.startsWith(date) ||
    !(seconds >= 1 && seconds <= 604_800) ||
    !/^[0-9a-f]{64}$/.test(signature);
  if (isMalformed || signedRegion !== region) {
    return { code: "AuthorizationQueryParametersError", message: "The query-string authentication is malformed." };
  }
  if (accessKeyId !== credentials.accessKeyId) {
    return { code: "InvalidAccessKeyId", message: "The access key does not exist in our records." };
  }
  if (now > timeOf(sentAt) + seconds * 1000) return { code: "AccessDenied", message: "Request has expired" };
  const signedQuery = request.query
    .split("&")
    .filter((part) => !part.startsWith("X-Amz-Signature="))
    .join("&");
  const headers = { ...request.headers, "x-amz-date": sentAt, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const names = (query.get("X-Amz-SignedHeaders") ?? "").split(";");
  const signed = { ...request, query: signedQuery, headers };
  const expected = signatureOf(signed, names, credentials.secretAccessKey, region);
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return null;
  return { code: "SignatureDoesNotMatch", message: "The signature we calculated does not match the one you provided." };
}

export function signatureOf(
  request: SignedRequest,
  signedHeaders: readonly string[],
  secretAccessKey: string,
  region: string,
): string {
  const sentAt = request.headers["x-amz-date"] ?? "";
  const canonicalRequest = [
    request.method,
    request.path.split("/").map(canonicalEncoding).join("/"),
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replaceAll(/ +/g, " ")}`),
    "",
    signedHeaders.join(";"),
    request.headers["x-amz-content-sha256"] ?? "",
  ].join("\n");
  const scope = [sentAt.slice(0, 8), region, "s3", "aws4_request"];
  const digest = createHash("sha256").update(canonicalRequest).digest("hex");
  const toSign = ["AWS4-HMAC-SHA256", sentAt, scope.join("/"), digest].join("\n");
  const key = scope.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
}

function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const [name = "", ...value] = part.split("=");
      return `${canonicalEncoding(name)}=${canonicalEncoding(value.join("="))}`;
    })
    .sort()
    .join("&");
}

/** S3 signs the path as encoded once (RFC 3986, upper-case hex), whatever the client's own taste was. */
function canonicalEncoding(encoded: string): string {
  return encodeURIComponent(decodeURIComponent(encoded)).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function mustBeSigned(name: string): boolean {
  return name === "host" || name === "content-md5" || name.startsWith("x-amz-");
}

/** `20130524T000000Z`; NaN when it is not a time. */
function timeOf(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
