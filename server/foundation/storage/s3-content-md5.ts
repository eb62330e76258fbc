import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";

/**
 * Makes `DeleteObjects` carry `Content-MD5` instead of the CRC32 that the SDK sends since 3.729: AWS takes either, other
 * servers may know only the older one and answer 400. https://github.com/aws/aws-sdk-js-v3/issues/6920
 */
export function sendContentMd5(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === "DeleteObjectsCommand" && isHttpRequest(args.request)) {
        const { headers, body } = args.request;
        for (const name of Object.keys(headers)) {
          if (/^x-amz-(checksum-|sdk-checksum-)/i.test(name)) delete headers[name];
        }
        headers["content-md5"] = createHash("md5").update(body).digest("base64");
      }
      return next(args);
    },
    // After the SDK's own checksum, which is in this step too; before signing, which is in the next.
    { step: "build", priority: "low", name: "contentMd5ForDeleteObjects" },
  );
}

interface HttpRequest {
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

function isHttpRequest(request: unknown): request is HttpRequest {
  if (typeof request !== "object" || request === null || !("headers" in request) || !("body" in request)) return false;
  return (
    typeof request.headers === "object" && (typeof request.body === "string" || request.body instanceof Uint8Array)
  );
}
