export type ImageErrorCode =
  | "UNSUPPORTED_IMAGE_TYPE"
  | "PAYLOAD_TOO_LARGE"
  | "IMAGE_TOO_MANY_PIXELS"
  | "INVALID_IMAGE"
  | "VARIANT_FAILED";

/**
 * Why a picture was refused or could not be drawn. `detail` is one sentence for the person who uploaded it: it holds
 * no text of the image library, which stays in `cause` for the logs.
 *
 * Only `VARIANT_FAILED` may succeed when tried again; every other code is a property of the bytes themselves.
 */
export class ImageError extends Error {
  override readonly name = "ImageError";
  readonly code: ImageErrorCode;
  readonly detail: string;
  readonly retryable: boolean;

  constructor(code: ImageErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
    this.detail = detail;
    this.retryable = code === "VARIANT_FAILED";
  }
}
