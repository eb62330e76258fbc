import type { TFunction } from "i18next";
import { isOneOf } from "./filters.ts";
import type { Health } from "./queries.ts";

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
const schedules = [
  "thumbnail_audit",
  "storage_audit",
  "orphan_purge",
  "catalog_retention",
  "expire_reservations",
  "stock_alerts",
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

export const reasonText = (reason: string | null | undefined, t: T): string =>
  t(`thumbnails.reasons.${isOneOf(reasons, reason) ? reason : "other"}`);

export const scheduleName = (name: string, t: T): string =>
  isOneOf(schedules, name) ? t(`schedules.names.${name}`) : name.replaceAll("_", " ");

export const taskName = (task: string, t: T): string =>
  task === "generate-thumbnails" ? t("jobs.tasks.generate-thumbnails") : task.replaceAll("-", " ");

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
