import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { readMultipart } from "../../foundation/http/multipart.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { problems } from "../../foundation/problem.ts";
import { asStoreProblem } from "../../foundation/storage/store-problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import { requireStory } from "../manuscripts/service.ts";
import { regionOf } from "../region.ts";
import { imageType, storyIdParam, storyImageSchema } from "../schemas.ts";
import { uploadBytesMax } from "../settings.ts";
import { refuseChildPhoto } from "./child-photos.ts";
import { type InspectedUpload, inspectUpload } from "./inspect-upload.ts";
import { pictureView } from "./picture-view.ts";
import { setStoryImage } from "./queries.ts";
import {
  bytesOfUpload,
  requireKnownType,
  type UploadFacts,
  uploadFieldsSchema,
  uploadSchema,
} from "./receive-upload.ts";
import { extensionOf, type PicturePlace, putPicture } from "./store-picture.ts";

const placeParam = storyIdParam.extend({ imageType });

const uploadRoute = createRoute({
  method: "post",
  path: "/v1/stories/{id}/images/{imageType}",
  tags: ["Illustrations"],
  summary: "Put a picture of one's own in its place",
  description:
    "As a form (`file`), as base64 with its `mimeType`, or from an `imageUrl`. PNG or JPEG by its bytes, whatever its name " +
    "says. The picture that was there can be taken back.",
  security: bearer,
  middleware: [authorise("stories:write")] as const,
  request: {
    params: placeParam,
    body: {
      required: true,
      content: {
        "application/json": { schema: uploadSchema },
        "multipart/form-data": {
          schema: uploadFieldsSchema.extend({ file: z.string().openapi({ type: "string", format: "binary" }) }),
        },
      },
    },
  },
  responses: {
    201: jsonAnswer(
      z.object({
        success: z.literal(true),
        imageUrl: z.string(),
        publicUrl: z.string(),
        path: z.string(),
        mimeType: z.string(),
        extension: z.string(),
        providerUsed: z.string(),
        image: storyImageSchema,
      }),
      "The picture, in its place.",
    ),
    ...problemResponses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
  },
});

/** Registered by hand, since validation by schema would take a form for JSON. */
export function registerPictureUploadRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openAPIRegistry.registerPath(uploadRoute);

  app.post("/v1/stories/:id/images/:imageType", authorise("stories:write"), async (c) => {
    const { database } = foundation;
    const principal = c.get("principal");
    const param = parsed(placeParam, c.req.param());
    const story = await database.readAs(principal, (tx) => requireStory(tx, param.id));
    const { bytes, facts } = await receive(c, foundation);
    const place = { storyId: param.id, chapterId: facts.chapterId ?? null, imageType: param.imageType };
    const upload = await inspectUpload(bytes, facts.mimeType ?? null, await foundation.settings.get(uploadBytesMax));
    if ((facts.imageHash ?? upload.imageHash) !== upload.imageHash) {
      throw problems.VALIDATION_FAILED({ errors: [{ path: "imageHash", message: "is not that of the bytes" }] });
    }
    const region = await regionOf(foundation, facts.storyRegion, story);
    const kind = facts.contentKind ?? (facts.providerUsed ? "illustration" : undefined);
    await refuseChildPhoto(foundation, principal, place, { bytes: upload.bytes, kind, region });
    const objectKey = await putPicture(foundation, database.db, place, upload, c.req.raw.signal).catch((error) => {
      throw asStoreProblem(error);
    });
    const fingerprint = { ...facts, imageHash: upload.imageHash };
    return idempotent(c, foundation, fingerprint, async (tx) => {
      const picture = await setStoryImage(
        tx,
        recordOf(place, objectKey, upload, { facts, region, createdBy: principal.userId }),
        "image_uploaded",
      ).catch(rethrowAsProblem);
      const image = await pictureView(picture, foundation.store);
      const body = {
        success: true,
        imageUrl: image.url,
        publicUrl: image.url,
        path: image.path,
        mimeType: upload.mimeType,
        extension: extensionOf(upload.mimeType),
        providerUsed: image.provider,
        image,
      };
      return { status: 201, body };
    });
  });
}

async function receive(
  c: Context<HttpEnv>,
  foundation: Foundation,
): Promise<{ readonly bytes: Uint8Array; readonly facts: UploadFacts }> {
  const bytesMax = await foundation.settings.get(uploadBytesMax);
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === "multipart/form-data") return receiveForm(c, bytesMax);
  if (mediaType !== "application/json") {
    throw problems.UNSUPPORTED_MEDIA_TYPE("Send the picture as multipart/form-data, or as application/json.");
  }
  const upload = parsed(uploadSchema, await c.req.json());
  return { bytes: await bytesOfUpload(upload, { bytesMax, signal: c.req.raw.signal }), facts: upload };
}

/** A picture is small enough to be held while it is looked at; what is larger is refused at the byte that shows it. */
async function receiveForm(
  c: Context<HttpEnv>,
  bytesMax: number,
): Promise<{ readonly bytes: Uint8Array; readonly facts: UploadFacts }> {
  const { fields, files } = await readMultipart(
    c.req.raw,
    { filesMax: 1, fieldsMax: 10, fieldBytesMax: 1024 },
    async ({ body }) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > bytesMax) {
          throw problems.PAYLOAD_TOO_LARGE(`The picture is larger than the ${bytesMax} bytes that it may have.`);
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks, sizeBytes);
    },
    async () => undefined,
  );
  const [file] = files;
  if (file?.field !== "file") {
    throw problems.VALIDATION_FAILED({
      detail: "Send one picture in the field named file.",
      errors: [{ path: "file", message: "must be there once" }],
    });
  }
  const facts = parsed(uploadFieldsSchema, Object.fromEntries(fields));
  requireKnownType(facts.mimeType);
  return { bytes: file.received, facts };
}

/** As the routes that are validated by schema refuse. */
function parsed<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw problems.VALIDATION_FAILED({
    detail: "Some values are missing or wrong; errors names each.",
    errors: result.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })),
  });
}

function recordOf(
  place: PicturePlace,
  objectKey: string,
  upload: InspectedUpload,
  more: { readonly facts: UploadFacts; readonly region: string | null; readonly createdBy: string },
) {
  return {
    ...place,
    objectKey,
    mimeType: upload.mimeType,
    sizeBytes: upload.bytes.byteLength,
    imageHash: upload.imageHash,
    originalKey: null,
    provider: more.facts.providerUsed ?? "upload",
    model: more.facts.model ?? null,
    fallbackUsed: false,
    fallbackReason: null,
    originalResolution: upload.resolution,
    finalResolution: upload.resolution,
    resizedFrom: null,
    resizedTo: null,
    aspectRatio: null,
    aspectRatioFallback: null,
    latencyMs: null,
    attempts: 0,
    costUsd: "0",
    consistencyLost: false,
    storyRegion: more.region,
    policyContext: null,
    hasC2pa: upload.hasC2pa,
    promptHmac: null,
    prompt: null,
    referenceHash: null,
    paletteDrift: null,
    runId: null,
    createdBy: more.createdBy,
  };
}
