import type { ProductImage, Thumbnails } from "../model.ts";

/** The variants and their widths in pixels, from the smallest to the largest (contracts, *Variants*). */
export const variantWidths: readonly { readonly name: keyof Thumbnails; readonly width: number }[] = [
  { name: "minithumb", width: 40 },
  { name: "mobile", width: 190 },
  { name: "tablet", width: 300 },
  { name: "desktop", width: 320 },
];

export interface ImageSources {
  readonly src: string;
  readonly srcSet: string | undefined;
}

export interface ImageSourcesOptions {
  /** CSS pixels that the picture is wide at most. */
  readonly width: number;
  readonly baseUrl?: string;
}

/**
 * What the browser may choose from, by the width that it draws and the density of its screen. The original, which may be
 * megabytes, is offered only where it is drawn wider than any variant, or where there is no variant by policy; null:
 * there is nothing to show.
 */
export function imageSources(
  image: Pick<ProductImage, "url" | "width" | "thumbnails" | "thumbnailState">,
  { width, baseUrl = "" }: ImageSourcesOptions,
): ImageSources | null {
  const address = (path: string) => (path.startsWith("/") ? `${baseUrl}${path}` : path);
  const variants = variantWidths.flatMap(({ name, width: pixels }) => {
    const path = image.thumbnails?.[name];
    return path === undefined ? [] : [{ address: address(path), pixels }];
  });
  const original = { address: address(image.url), pixels: image.width };
  const largest = variants.at(-1);
  if (largest === undefined) return showsOriginal(image) ? { src: original.address, srcSet: undefined } : null;
  const isLargerWanted = width > largest.pixels && original.pixels > largest.pixels;
  const candidates = isLargerWanted ? [...variants, original] : variants;
  const fallback = candidates.find(({ pixels }) => pixels >= width) ?? candidates.at(-1) ?? largest;
  return {
    src: fallback.address,
    srcSet: candidates.map((candidate) => `${candidate.address} ${candidate.pixels}w`).join(", "),
  };
}

/** Photos without thumbnails by policy or by choice; one that is damaged or not looked at yet is not shown. */
function showsOriginal(image: Pick<ProductImage, "thumbnailState">): boolean {
  return image.thumbnailState === "skipped" || image.thumbnailState === "none";
}
