import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { createClient, type ProductImage as ProductPhoto } from "../index.ts";
import { allThumbnails, imageOf, productWith } from "../testing/products.ts";
import { spanishLabels } from "./labels.ts";
import { ProductImage, type ProductImageProps } from "./product-image.tsx";
import { BodegaProvider } from "./provider.tsx";

const client = createClient({ baseUrl: "https://shop.test", getToken: () => null });

const html = (props: ProductImageProps) =>
  renderToString(
    <BodegaProvider client={client}>
      <ProductImage {...props} />
    </BodegaProvider>,
  );

const job = (errorCode: string): ProductPhoto["job"] => ({
  status: "error",
  attempts: 3,
  errorCode,
  lastError: null,
  startedAt: null,
  completedAt: null,
  durationMs: null,
  traceId: null,
});

const ready = imageOf("p", {
  thumbnailState: "ready",
  thumbnails: allThumbnails,
  placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
});

test("the stand-in comes first; the picture is not asked for before it is near", () => {
  const far = html({ image: ready });
  expect(far).toContain("background-image:url(&quot;data:image/png;base64,");
  expect(far).not.toContain("<img");
});

test("the browser gets every variant, the size it is drawn at, and words for those who cannot see it", () => {
  const near = html({ product: productWith([ready], { name: "Yerba" }), width: 190, eager: true });
  expect(near).toContain('src="https://shop.test/media/mobile.jpg"');
  expect(near).toContain("https://shop.test/media/desktop.jpg 320w");
  expect(near).toContain('sizes="190px"');
  expect(near).toContain('alt="Yerba"');
  expect(html({ image: { ...ready, alt: "Un paquete" }, eager: true })).toContain('alt="Un paquete"');
});

test("what is not ready says so in the shop's words, and what failed offers another try", () => {
  const said = (image: ProductPhoto | null) => html({ image, labels: spanishLabels, eager: true });
  expect(said(null)).toContain("Sin foto");
  expect(said(imageOf("p", { thumbnailState: "generating" }))).toContain("Generando…");
  const failed = said(imageOf("p", { thumbnailState: "failed", job: job("INVALID_IMAGE") }));
  expect(failed).toContain("Falló: archivo dañado");
  expect(failed).toContain("Reintentar</button>");
  const skipped = said(imageOf("p", { thumbnailState: "skipped", job: job("WEBP_SKIPPED") }));
  expect(skipped).toContain("Sin miniaturas: WebP (cambiar política)");
  expect(skipped).toContain('src="https://shop.test/media/original.jpg"');
  expect(skipped).not.toContain("<button");
});
