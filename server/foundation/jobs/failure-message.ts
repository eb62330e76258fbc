import { Problem } from "../problem.ts";
import { PermanentFailure } from "./failure.ts";

/** What is kept of an error: in the queue, in the run log, in incidents. */
export interface FailureMessage {
  /** In capitals, for programs: that of a `PermanentFailure` or `Problem`, of the system (`ECONNREFUSED`), or `FAILED`. */
  readonly code: string;
  /** One text of at most 500 characters, with what looks like a secret taken out. */
  readonly message: string;
}

const charactersMax = 500;
const codePattern = /^[A-Z0-9_]{1,60}$/;

/** Reduces anything thrown to a code and a bounded text. */
export function describeFailure(error: unknown): FailureMessage {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return { code: codeOf(error), message: bounded(withoutSecrets(text)) };
}

/** The same as fields of a log line. */
export function failureFields(error: unknown): { readonly code: string; readonly reason: string } {
  const { code, message } = describeFailure(error);
  return { code, reason: message };
}

/** `CODE: text`, at most 500 characters; the form in which failures are stored. */
export function storedFailure({ code, message }: FailureMessage): string {
  return bounded(`${code}: ${message}`);
}

/** The reverse of `storedFailure`. */
export function parseStoredFailure(stored: string): FailureMessage {
  const [, code, message] = /^([A-Z0-9_]{1,60}): (.*)$/s.exec(stored) ?? [];
  return code === undefined || message === undefined ? { code: "FAILED", message: stored } : { code, message };
}

function codeOf(error: unknown): string {
  if (error instanceof PermanentFailure || error instanceof Problem) return error.code;
  if (error instanceof Error && "code" in error && typeof error.code === "string" && codePattern.test(error.code)) {
    return error.code;
  }
  return "FAILED";
}

/** Passwords in addresses, bearer tokens, and values that are named as secrets. */
const secretPatterns: readonly (readonly [RegExp, string])[] = [
  [/(\w+:\/\/)[^\s/@]+@/g, "$1[redacted]@"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [
    /((?:api[-_]?key|access[-_]?key|secret|token|password|passwd|signature|credential)[\w-]*["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
    "$1[redacted]",
  ],
];

function withoutSecrets(text: string): string {
  // Cut first: the patterns never see a text of megabytes.
  return secretPatterns.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    text.slice(0, charactersMax * 4),
  );
}

// PostgreSQL counts characters where JavaScript counts halves of some; ours are never fewer.
const bounded = (text: string): string =>
  text.length <= charactersMax
    ? text.replaceAll("\0", "")
    : `${text.slice(0, charactersMax - 1).replaceAll("\0", "")}…`;
