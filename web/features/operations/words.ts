import type { TFunction } from "i18next";
import { isOneOf } from "./filters.ts";
import type { Health, Incident } from "./queries.ts";

type T = TFunction<"operations">;
type HealthComponent = Health["components"][number];

const components = ["database", "queue", "schedules", "store", "event-loop", "incidents"] as const;
const incidentKinds = [
  "job",
  "schedule",
  "schedules",
  "health",
  "thumbnails_missed",
  "invalid_setting",
  "stock_ledger",
  "stock_low",
  "stock_out",
  "stock_expiring",
  "original_missing",
  "story_picture_missing",
  "breaker_open",
  "image_provider_configuration",
  "image_request_rejected",
  "image_budget",
  "image_model_ending",
  "stories_fallback_ratio",
  "stories_gemini_latency",
  "stories_consistency_lost",
  "stories_policy_blocks",
] as const;
const failures = [
  "FAILED",
  "TIME_LIMIT",
  "NOT_FOUND",
  "VALIDATION_FAILED",
  "SERVICE_UNAVAILABLE",
  "CONFLICT",
  "BOOK_FAILED",
  "WORKER_DIED",
  "STORE_UNAVAILABLE",
] as const;
const reasons = [
  "INVALID_IMAGE",
  "WEBP_SKIPPED",
  "IMAGE_TOO_MANY_PIXELS",
  "UNSUPPORTED_IMAGE_TYPE",
  "SOURCE_MISSING",
  "OBJECT_MISSING",
  "VARIANT_FAILED",
  "PERSIST_FAILED",
  "SIGNATURE_MISMATCH",
  "SUPERSEDED",
] as const;
const tasks = [
  "generate-thumbnails",
  "prepare-illustrations",
  "draw-illustration",
  "check-story-consistency",
  "purge-story-objects",
  "print-book",
] as const;
const breakers = ["images-gemini", "images-openai"] as const;
const schedules = [
  "thumbnail_audit",
  "storage_audit",
  "orphan_purge",
  "catalog_retention",
  "expire_reservations",
  "stock_audit",
  "stock_alerts",
  "story_audit",
  "story_alerts",
  "story_storage_audit",
  "story_orphan_purge",
  "story_retention",
  "retention",
  "health_check",
  "price_update",
  "price_change_alerts",
  "weekly_trends",
  "daily_report",
] as const;

/** The server names things by words of its own; these are ours for them. What is not known keeps the server's. */
export const componentName = (name: string, t: T): string =>
  isOneOf(components, name) ? t(`components.${name}`) : name;

export const incidentKind = (kind: string, t: T): string =>
  t(`incidents.kinds.${isOneOf(incidentKinds, kind) ? kind : "other"}`);

/** What happened, in a sentence made of the evidence; null where there are no words for its kind. */
export function incidentSays({ kind, evidence }: Incident, t: T): string | null {
  if (!isOneOf(incidentKinds, kind)) return null;
  const { task, schedule, component } = evidence;
  const what =
    typeof task === "string"
      ? taskName(task, t)
      : typeof schedule === "string"
        ? scheduleName(schedule, t)
        : typeof component === "string"
          ? componentName(component, t)
          : "";
  return t(`incidents.says.${kind}`, { ...evidence, what });
}

/** Why a job failed, in words; what the server keeps of it is `CODE: message`, whose message is in English. */
export function failureText(lastError: string, t: T): string {
  const code = /^([A-Z0-9_]+): /.exec(lastError)?.[1];
  if (isOneOf(failures, code)) return t(`jobs.errors.${code}`);
  return isOneOf(reasons, code) ? t(`thumbnails.reasons.${code}`) : t("jobs.errors.other");
}

export const reasonText = (reason: string | null | undefined, t: T): string =>
  t(`thumbnails.reasons.${isOneOf(reasons, reason) ? reason : "other"}`);

export const scheduleName = (name: string, t: T): string =>
  isOneOf(schedules, name) ? t(`schedules.names.${name}`) : name.replaceAll("_", " ");

export const taskName = (task: string, t: T): string =>
  isOneOf(tasks, task) ? t(`jobs.tasks.${task}`) : task.replaceAll("-", " ");

export const breakerName = (name: string, t: T): string =>
  isOneOf(breakers, name) ? t(`breakers.names.${name}`) : name;

/** The answer to *Is everything all right?* in one sentence. */
export function healthSentence(health: Health, t: T): string {
  const parts = health.components
    .filter(({ state }) => state !== "ok")
    .map(({ name }) => componentName(name, t).toLowerCase())
    .join(", ");
  return t(`health.${health.state}`, { parts });
}

/** What a component has to say, made of its facts; its own English sentence where the facts are not those we know. */
export function componentSays({ name, state, facts, summary }: HealthComponent, t: T): string {
  const has = (...names: readonly string[]) => names.every((each) => Object.hasOwn(facts, each));
  switch (name) {
    case "database":
      return has("version", "answeredMs", "connections", "connectionsMax") ? t("says.database", facts) : summary;
    case "queue":
      if (!has("workers", "oldestWaitingSeconds", "dead")) return summary;
      if (facts.workers === 0) return t("says.queueNobody");
      if (state !== "ok" && Number(facts.oldestWaitingSeconds) >= 60) return t("says.queueWaits", facts);
      return facts.dead === 0 ? t("says.queue") : t("says.queueDead", facts);
    case "schedules":
      if (!has("processes", "failed", "paused")) return summary;
      if (facts.processes === 0) return t("says.schedulesNobody");
      if (facts.failed !== 0) return t("says.schedulesFailed", facts);
      return facts.paused === 0 ? t("says.schedules") : t("says.schedulesPaused", facts);
    case "store":
      return has("probeMs") ? t("says.store", facts) : summary;
    case "event-loop":
      return has("p99Ms") ? t("says.eventLoop", facts) : summary;
    case "incidents":
      if (!has("critical", "warning")) return summary;
      return state === "ok" ? t("says.incidents") : t("says.incidentsWait", facts);
    default:
      return summary;
  }
}
