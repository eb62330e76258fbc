import { expect, test } from "vitest";
import { labelOf, spanishLabels } from "../react/labels.ts";
import { allThumbnails, imageOf } from "../testing/products.ts";
import { photoStatus } from "./photo-status.ts";
import { placeholderOf } from "./placeholder.ts";
import { isFinalPhase, lifetimeOf, phaseOf } from "./thumbnail-phase.ts";

const job = {
  status: "error" as const,
  attempts: 1,
  errorCode: null,
  lastError: null,
  startedAt: null,
  completedAt: null,
  durationMs: null,
  traceId: null,
};

test("every state is said in words, with the reason; only what is ready needs none", () => {
  const said = (image: Parameters<typeof photoStatus>[0]) => labelOf(photoStatus(image), spanishLabels);
  expect(said(null)).toBe("Sin foto");
  expect(said(imageOf("p", { thumbnailState: "uploaded" }))).toBe("Generando…");
  expect(said(imageOf("p", { thumbnailState: "retry_scheduled" }))).toBe("Generando…");
  const skipped = imageOf("p", { thumbnailState: "skipped", job: { ...job, errorCode: "WEBP_SKIPPED" } });
  expect(said(skipped)).toBe("Sin miniaturas: WebP (cambiar política)");
  const failed = imageOf("p", { thumbnailState: "failed", job: { ...job, errorCode: "INVALID_IMAGE" } });
  expect(said(failed)).toBe("Falló: archivo dañado");
  expect(said({ ...failed, job: { ...job, errorCode: "A_NEW_ONE" } })).toBe("Falló: A_NEW_ONE");
  expect(said({ ...failed, job: null })).toBe("Falló: motivo desconocido");
  expect(said(imageOf("p", { thumbnailState: "ready", thumbnails: allThumbnails }))).toBeNull();
  expect(said(imageOf("p", { thumbnailState: "partial", thumbnails: { desktop: "/d" } }))).toBeNull();
});

test("while thumbnails are made anew, the old ones go on being shown", () => {
  expect(photoStatus(imageOf("p", { thumbnailState: "generating", thumbnails: allThumbnails })).kind).toBe("ready");
});

test("what is about to change is asked for again soon, what is final is left to events", () => {
  const lifetime = (state: ReturnType<typeof imageOf>["thumbnailState"]) =>
    lifetimeOf(phaseOf({ thumbnailState: state }));
  expect(lifetime("generating")).toMatchObject({ staleTimeMs: 0, refetchEveryMs: expect.any(Number) });
  expect(lifetime("partial").refetchEveryMs).toEqual(expect.any(Number));
  for (const state of ["ready", "skipped", "failed"] as const) {
    expect(lifetime(state).refetchEveryMs).toBe(false);
    expect(isFinalPhase(phaseOf({ thumbnailState: state }))).toBe(true);
  }
});

test("a placeholder is a picture and a colour; one that cannot be read is none", () => {
  const placeholder = placeholderOf("1QcSHQRnh493V4dIh4eXh1h4kJUI");
  expect(placeholder?.dataUrl).toMatch(/^data:image\/png;base64,/);
  expect(placeholder?.colour).toMatch(/^rgb\(\d+ \d+ \d+\)$/);
  expect(placeholderOf("not base64!")).toBeNull();
  expect(placeholderOf("AA==")).toBeNull();
  expect(placeholderOf(null)).toBeNull();
});
