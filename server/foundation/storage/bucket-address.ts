/** Where a bucket's presigned addresses lead: its own host, unless the server wants the bucket in the path. */
export function bucketAddress(s3: {
  readonly endpoint?: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly forcePathStyle: boolean;
}): string {
  const url = new URL(s3.endpoint ?? `https://s3.${s3.region}.amazonaws.com`);
  if (!s3.forcePathStyle) url.host = `${s3.bucket}.${url.host}`;
  return url.origin;
}
