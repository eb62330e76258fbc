/** Where browsers find objects: `publicMediaUrl` (a CDN or a public bucket), else this server's media route. */
export interface MediaAddress {
  readonly publicMediaUrl: string | null;
  /** Path of the media route; `/media/` unless said otherwise. */
  readonly urlPrefix?: string;
}

/** Keys need no escaping: `objectKey` lets through only characters that stand for themselves in a path. */
export function objectUrl(key: string, { publicMediaUrl, urlPrefix = "/media/" }: MediaAddress): string {
  const base = publicMediaUrl ?? urlPrefix;
  return base.endsWith("/") ? `${base}${key}` : `${base}/${key}`;
}
