import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type S3Server, startS3Server } from "./s3-server.ts";
import { signatureFault, signatureOf } from "./s3-signature.ts";

let server: S3Server;
let client: S3Client;

beforeAll(async () => {
  server = await startS3Server();
  client = clientOf(server.credentials);
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

test("signatures are computed as in AWS's published example", () => {
  const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const request = {
    method: "GET",
    path: "/test.txt",
    query: "",
    headers: {
      host: "examplebucket.s3.amazonaws.com",
      range: "bytes=0-9",
      "x-amz-content-sha256": emptyHash,
      "x-amz-date": "20130524T000000Z",
    },
  };
  const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  const names = ["host", "range", "x-amz-content-sha256", "x-amz-date"];
  const signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
  expect(signatureOf(request, names, secret, "us-east-1")).toBe(signature);

  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names.join(";")},Signature=${signature}`;
  const signed = { ...request, headers: { ...request.headers, authorization } };
  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: secret };
  const then = Date.parse("2013-05-24T00:00:00Z");
  const fault = (changed: typeof signed, now = then) => signatureFault(changed, credentials, "us-east-1", now)?.code;
  expect(fault(signed)).toBeUndefined();
  expect(fault({ ...signed, path: "/other.txt" })).toBe("SignatureDoesNotMatch");
  expect(fault({ ...signed, query: "delete" })).toBe("SignatureDoesNotMatch");
  expect(fault({ ...signed, method: "PUT" })).toBe("SignatureDoesNotMatch");
  expect(fault({ ...signed, headers: { ...signed.headers, range: "bytes=0-99" } })).toBe("SignatureDoesNotMatch");
  expect(fault(signed, then + 16 * 60 * 1000)).toBe("RequestTimeTooSkewed");
});

test("a request without a signature is refused", async () => {
  const answer = await fetch(`${server.url}/${server.bucket}/a.txt`);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
});

test("a body that is not the signed one is refused and not kept", async () => {
  const body = Buffer.from("other");
  const tampered = clientOf(server.credentials);
  tampered.middlewareStack.add(
    (next) => (args) => {
      if (typeof args.request === "object" && args.request !== null && "body" in args.request) args.request.body = body;
      return next(args);
    },
    { step: "deserialize", priority: "low" },
  );
  const put = tampered.send(new PutObjectCommand({ Bucket: server.bucket, Key: "tampered.txt", Body: "first" }));
  await expect(put).rejects.toMatchObject({ name: "XAmzContentSHA256Mismatch" });
  expect(server.objects.has("tampered.txt")).toBe(false);
  tampered.destroy();
});

test("keys of any characters survive the way through paths, signatures and XML", async () => {
  const keys = ["a b&c<d>'\"!()*~.txt", "ñandú/日本.txt", "a+b=c?d#e%20.txt"];
  for (const Key of keys)
    await client.send(new PutObjectCommand({ Bucket: server.bucket, Key: `odd/${Key}`, Body: Key }));
  const page = await client.send(new ListObjectsV2Command({ Bucket: server.bucket, Prefix: "odd/" }));
  expect(page.Contents?.map(({ Key }) => Key).toSorted()).toEqual(keys.map((key) => `odd/${key}`).toSorted());
  const read = await client.send(new GetObjectCommand({ Bucket: server.bucket, Key: `odd/${keys[0]}` }));
  expect(await read.Body?.transformToString()).toBe(keys[0]);
});

test("pages go on by token, and ranges are cut to the object", async () => {
  for (const name of ["1", "2", "3"]) {
    await client.send(new PutObjectCommand({ Bucket: server.bucket, Key: `pages/${name}`, Body: "0123456789" }));
  }
  const input = { Bucket: server.bucket, Prefix: "pages/", MaxKeys: 2 };
  const first = await client.send(new ListObjectsV2Command(input));
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
  const second = await client.send(
    new ListObjectsV2Command({ ...input, ContinuationToken: first.NextContinuationToken }),
  );
  expect(second).toMatchObject({ IsTruncated: false, KeyCount: 1, Contents: [{ Key: "pages/3" }] });
  for (const [Range, text] of [
    ["bytes=8-99", "89"],
    ["bytes=-3", "789"],
    ["bytes=7-", "789"],
  ] as const) {
    const part = await client.send(new GetObjectCommand({ Bucket: server.bucket, Key: "pages/1", Range }));
    expect(await part.Body?.transformToString()).toBe(text);
  }
});

test("as on servers of old, many objects are removed only with Content-MD5", async () => {
  const command = new DeleteObjectsCommand({ Bucket: server.bucket, Delete: { Objects: [{ Key: "a" }] } });
  await expect(client.send(command)).rejects.toMatchObject({ name: "MissingContentMD5" });
});

test("faults befall as many requests as they were given, of the operations that were named", async () => {
  const head = () => client.send(new HeadBucketCommand({ Bucket: server.bucket }));
  const put = () => client.send(new PutObjectCommand({ Bucket: server.bucket, Key: "faulty", Body: "x" }));
  server.faults.fail({ times: 2, operations: ["PutObject"] });
  await head();
  await expect(put()).rejects.toMatchObject({ name: "SlowDown" });
  await expect(put()).rejects.toMatchObject({ name: "SlowDown" });
  await put();
  server.faults.lose({ times: 1 });
  server.objects.delete("faulty");
  await put();
  expect(server.objects.has("faulty")).toBe(false);
});

test("what is not implemented is said to be so", async () => {
  const list = client.send(new ListObjectsV2Command({ Bucket: server.bucket, Delimiter: "/" }));
  await expect(list).rejects.toMatchObject({ name: "NotImplemented" });
});

function clientOf(credentials: S3Server["credentials"]): S3Client {
  return new S3Client({
    endpoint: server.url,
    region: server.region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
}
