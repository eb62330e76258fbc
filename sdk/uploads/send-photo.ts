import { BodegaError, errorOfAnswer } from "../client/bodega-error.ts";
import { newRequestIdentity, traceparentOf } from "../client/request-identity.ts";
import type { TokenSource } from "../client/token-source.ts";
import type { ProductImage } from "../model.ts";

export interface PhotoRequest {
  readonly address: string;
  readonly file: Blob;
  readonly fileName: string;
  readonly alt: string | null;
  readonly idempotencyKey: string;
  readonly token: string | null;
  readonly signal: AbortSignal;
  /** Bytes of the file that have left. */
  readonly onProgress: (sentBytes: number) => void;
}

/** Sends the form once and gives the answer, whatever it is; rejects when there is none. */
export type SendForm = (request: FormRequest) => Promise<Response>;

export interface FormRequest extends Pick<PhotoRequest, "address" | "signal" | "onProgress"> {
  readonly form: FormData;
  readonly headers: Readonly<Record<string, string>>;
}

/** A line that carries nothing for so long is dead; there is no other time limit, large files take their time. */
const stallMs = 45_000;
/** Where no progress is told, the whole upload has this long; the server gives up then, too. */
const silentUploadMs = 300_000;

/** Answers the photo as the server has it. Throws `BodegaError`, or the signal's reason. One try. */
export async function sendPhoto(
  request: PhotoRequest,
  tokens: Pick<TokenSource, "refused">,
  send: SendForm = defaultSend(),
): Promise<ProductImage> {
  const identity = newRequestIdentity();
  const form = new FormData();
  if (request.alt !== null) form.append("alt", request.alt);
  form.append("file", request.file, request.fileName);
  const stall = new Stall(request.signal, send === sendByFetch ? silentUploadMs : stallMs);
  try {
    const answer = await send({
      address: request.address,
      form,
      signal: stall.signal,
      onProgress: (sentBytes) => {
        stall.moved();
        request.onProgress(Math.min(sentBytes, request.file.size));
      },
      headers: {
        "idempotency-key": request.idempotencyKey,
        "x-request-id": identity.requestId,
        traceparent: traceparentOf(identity),
        ...(request.token !== null && { authorization: `Bearer ${request.token}` }),
      },
    });
    if (answer.status === 401 && request.token !== null) tokens.refused(request.token);
    if (!answer.ok) throw await errorOfAnswer(answer, identity.requestId);
    const { image }: { readonly image: ProductImage } = await answer.json();
    return image;
  } catch (cause) {
    if (cause instanceof BodegaError) throw cause;
    request.signal.throwIfAborted();
    const isStalled = stall.signal.aborted;
    const detail = isStalled ? "The line carries nothing any more." : "The server cannot be reached.";
    const code = isStalled ? "TIMEOUT" : "NETWORK";
    throw new BodegaError({ code, status: 0, detail, requestId: identity.requestId, cause });
  } finally {
    stall.end();
  }
}

/** Only `XMLHttpRequest` tells how much of a body has left; where there is none (Node), `fetch` sends it silently. */
function defaultSend(): SendForm {
  return typeof XMLHttpRequest === "undefined" ? sendByFetch : sendByXhr;
}

export const sendByFetch: SendForm = async ({ address, form, headers, signal }) =>
  fetch(address, { method: "POST", body: form, headers, signal });

export const sendByXhr: SendForm = ({ address, form, headers, signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    xhr.open("POST", address);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.responseType = "text";
    xhr.upload.onprogress = (event) => onProgress(event.loaded);
    xhr.onload = () => resolve(new Response(xhr.responseText, { status: xhr.status, headers: headersOf(xhr) }));
    xhr.onerror = () => reject(new TypeError("the upload broke off"));
    xhr.onabort = () => reject(signal.reason);
    xhr.onloadend = () => signal.removeEventListener("abort", abort);
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    xhr.send(form);
  });

function headersOf(xhr: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const name of ["content-type", "retry-after", "x-request-id"]) {
    const value = xhr.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

/** Aborts when the caller does, or when nothing has moved for `limitMs`. */
class Stall {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #limitMs: number;
  readonly #aborted = () => this.#controller.abort(this.#caller.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal, limitMs: number) {
    this.#caller = caller;
    this.#limitMs = limitMs;
    if (caller.aborted) this.#aborted();
    caller.addEventListener("abort", this.#aborted, { once: true });
    this.moved();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(new DOMException("stalled", "TimeoutError")), this.#limitMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener("abort", this.#aborted);
  }
}
