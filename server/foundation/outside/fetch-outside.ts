import { lookup as resolveName } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./outside-address.ts";

export interface OutsideOptions {
  readonly signal: AbortSignal;
  /** For everything: names, connections, redirects, the body. */
  readonly timeoutMs: number;
  readonly bytesMax: number;
  /** Default: `https:` and `http:`. */
  readonly schemes?: readonly string[];
  readonly redirectsMax?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which resolved addresses may be connected to; default: those of the public internet. */
  readonly permits?: (address: string) => boolean;
}

export interface OutsideAnswer {
  readonly status: number;
  /** As the server says; never believed. */
  readonly contentType: string | null;
  readonly bytes: Uint8Array;
  /** Where the last redirect led. */
  readonly url: string;
}

export type OutsideFaultCode =
  | "ADDRESS_REFUSED"
  | "TOO_MANY_REDIRECTS"
  | "ANSWER_TOO_LARGE"
  | "TIMEOUT"
  | "UNREACHABLE";

/** An outside address may not be asked, or gave nothing that can be used. The message is fit for whoever named it. */
export class OutsideFault extends Error {
  readonly code: OutsideFaultCode;

  constructor(code: OutsideFaultCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "OutsideFault";
    this.code = code;
  }
}

const redirectsMaxDefault = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches (`GET`) an address that somebody outside of the shop named, without letting it reach what is inside: schemes by
 * allowlist, no credentials in the address, and every resolved address looked at by the connection itself, so that no
 * name can mean one thing when it is checked and another when it is used. Redirects are walked here, each checked like
 * the first. Bounded in time and size; a compressed body is not asked for.
 *
 * Any status is an answer. Throws `OutsideFault`, or the signal's reason when it is aborted.
 */
export async function fetchOutside(address: string, options: OutsideOptions): Promise<OutsideAnswer> {
  const { redirectsMax = redirectsMaxDefault } = options;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  let url = checkedUrl(address, options);
  for (let hop = 0; ; hop += 1) {
    try {
      const answer = await ask(url, signal, options);
      const target = redirects.has(answer.statusCode ?? 0) ? answer.headers.location : undefined;
      if (target === undefined) return await readAnswer(answer, url, options.bytesMax);
      answer.destroy();
      if (hop >= redirectsMax) throw new OutsideFault("TOO_MANY_REDIRECTS", "The address leads from one to the next.");
      url = checkedUrl(URL.parse(target, url.href)?.href ?? "", options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (timeout.aborted) throw new OutsideFault("TIMEOUT", "The address did not answer in time.", error);
      throw error;
    }
  }
}

function checkedUrl(address: string, { schemes = ["https:", "http:"], permits }: OutsideOptions): URL {
  const url = URL.parse(address);
  if (url === null || !schemes.includes(url.protocol)) {
    throw new OutsideFault("ADDRESS_REFUSED", `The address must begin with ${schemes.join("// or ")}//.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutsideFault("ADDRESS_REFUSED", "The address must hold no user name and no password.");
  }
  const host = hostOf(url);
  // A literal is connected to without being looked up.
  if (isIP(host) !== 0) requirePermitted(host, permits);
  return url;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

function requirePermitted(address: string, permits: OutsideOptions["permits"] = isPublicAddress): void {
  if (!permits(address)) throw new OutsideFault("ADDRESS_REFUSED", "The address is not one of the public internet.");
}

function ask(url: URL, signal: AbortSignal, { headers, permits }: OutsideOptions): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      {
        method: "GET",
        signal,
        // A connection of its own: one that was opened for another name is not taken over unlooked.
        agent: false,
        lookup: checkedLookup(permits),
        headers: { "user-agent": "Bodega", accept: "*/*", "accept-encoding": "identity", ...headers },
      },
      resolve,
    );
    asking.on("error", (error) => reject(faultOf(error)));
    asking.end();
  });
}

/** Resolves as the system does, and lets the connection have only addresses that are permitted; all of them must be. */
function checkedLookup(permits: OutsideOptions["permits"]): LookupFunction {
  return (hostname, { all: wantsAll = false, ...options }, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, "");
        return;
      }
      try {
        for (const { address } of addresses) requirePermitted(address, permits);
      } catch (refusal) {
        callback(refusal as NodeJS.ErrnoException, "");
        return;
      }
      const [first] = addresses;
      if (wantsAll) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    });
  };
}

async function readAnswer(answer: IncomingMessage, url: URL, bytesMax: number): Promise<OutsideAnswer> {
  const declared = Number(answer.headers["content-length"] ?? 0);
  if (declared > bytesMax) {
    answer.destroy();
    throw tooLarge(bytesMax);
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > bytesMax) throw tooLarge(bytesMax);
      chunks.push(chunk);
    }
  } catch (error) {
    throw faultOf(error);
  }
  return {
    status: answer.statusCode ?? 0,
    contentType: answer.headers["content-type"] ?? null,
    bytes: Buffer.concat(chunks, sizeBytes),
    url: url.href,
  };
}

const tooLarge = (bytesMax: number): OutsideFault =>
  new OutsideFault("ANSWER_TOO_LARGE", `The address gives more than the ${bytesMax} bytes that may be taken.`);

function faultOf(error: unknown): unknown {
  if (error instanceof OutsideFault) return error;
  return new OutsideFault("UNREACHABLE", "The address cannot be reached.", error);
}
