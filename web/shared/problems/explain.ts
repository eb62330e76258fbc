import { BodegaError } from "@bodega/sdk";
import type { TFunction } from "i18next";
import { isRefusalCode } from "./refusal-codes.ts";

/** The three parts of every error, and what to quote when asking for help. */
export interface Explanation {
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
  /** The server's own sentence, in English; null when there is none. */
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly retryable: boolean;
}

/** What was tried: it decides what can be said about what was kept. */
export type Attempt = "reading" | "writing";

type ErrorText = Exclude<keyof typeof byCode, never>;

/** Codes of the contracts and of the SDK, each with its words. */
const byCode = {
  NETWORK: "network",
  TIMEOUT: "timeout",
  UNAUTHENTICATED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "notFound",
  CONFLICT: "conflict",
  PRECONDITION_FAILED: "changed",
  PRECONDITION_REQUIRED: "changed",
  VALIDATION_FAILED: "invalid",
  RATE_LIMITED: "rateLimited",
  SERVICE_UNAVAILABLE: "unavailable",
} as const;

const isKnown = (code: string): code is ErrorText => Object.hasOwn(byCode, code);

export function explain(error: unknown, attempt: Attempt, t: TFunction<"shell">): Explanation {
  if (!(error instanceof BodegaError)) {
    return {
      happened: t("error.page.title"),
      kept: t("error.page.kept"),
      todo: t("error.page.todo"),
      detail: error instanceof Error ? error.message : null,
      requestId: null,
      retryable: false,
    };
  }
  return {
    ...wordsOf(error, t),
    kept: keptAfter(error, attempt, t),
    // In English, and the only place that tells the particular from the general.
    detail: error.detail === "" ? null : error.detail,
    requestId: error.requestId,
    retryable: error.retryable,
  };
}

function wordsOf(error: BodegaError, t: TFunction<"shell">): Pick<Explanation, "happened" | "todo"> {
  const { code, status } = error;
  if (isRefusalCode(code)) return { happened: t(`error.codes.${code}.title`), todo: t(`error.codes.${code}.todo`) };
  // A refusal that nobody has words for is still no failure of the server.
  const name = isKnown(code) ? byCode[code] : status >= 400 && status < 500 ? "conflict" : "unexpected";
  return { happened: t(`error.${name}.title`), todo: todoAfter(error, name, t) };
}

function keptAfter(error: BodegaError, attempt: Attempt, t: TFunction<"shell">): string {
  if (attempt === "reading") return t("error.keptReading");
  const isUnknown = error.status === 0 || error.status >= 500;
  return isUnknown ? t("error.keptUnknown") : t("error.keptWriting");
}

function todoAfter(error: BodegaError, name: (typeof byCode)[ErrorText] | "unexpected", t: TFunction<"shell">): string {
  if (name === "rateLimited" && error.retryAfterMs !== null) {
    return t("error.rateLimitedFor.todo", { seconds: Math.ceil(error.retryAfterMs / 1000) });
  }
  return t(`error.${name}.todo`);
}
