import { dataOf } from "@bodega/sdk";
import i18next from "i18next";
import type { Attention, Happening, Pulse } from "../../shared/feature/feature.ts";
import { formatOf } from "../../shared/format/use-format.ts";
import type { Language } from "../../shared/i18n/language.ts";
import { client } from "../../shared/server/client.ts";
import { queryClient } from "../../shared/server/query-client.ts";
import { healthQuery } from "./queries.ts";
import { byDay } from "./thumbnails/metric-days.ts";
import { healthSentence, incidentKind } from "./words.ts";

/** How many days a sparkline shows. */
const historyDays = 14;

async function textsFor(language: Language) {
  await i18next.loadNamespaces("operations");
  return i18next.getFixedT(language, "operations");
}

export async function pulse(language: Language, _signal: AbortSignal): Promise<Pulse | null> {
  const [t, health] = await Promise.all([textsFor(language), queryClient.fetchQuery(healthQuery)]);
  if (health.state === "ok") return null;
  const state = health.state === "failing" ? "bad" : "warning";
  return { state, sentence: healthSentence(health, t), path: "/operations" };
}

export async function unresolvedIncidents(language: Language, signal: AbortSignal): Promise<readonly Attention[]> {
  const [t, { items }] = await Promise.all([
    textsFor(language),
    dataOf(
      client.http.GET("/v1/operations/incidents", { signal, params: { query: { state: "unresolved", limit: 20 } } }),
    ),
  ]);
  return items.map((incident) => ({
    id: incident.id,
    severity: ({ critical: "bad", warning: "warning", info: "info" } as const)[incident.severity],
    title: incidentKind(incident.kind, t),
    at: incident.lastSeenAt,
    action: { label: t("home.incident"), path: "/operations/incidents" },
  }));
}

export async function happenings(language: Language, signal: AbortSignal): Promise<readonly Happening[]> {
  const [t, { items }] = await Promise.all([
    textsFor(language),
    dataOf(client.http.GET("/v1/thumbnails/metrics", { signal, params: { query: { days: historyDays } } })),
  ]);
  const format = formatOf(language);
  const days = byDay(items, historyDays);
  const today = days.at(-1);
  if (today === undefined) return [];
  const historyOf = (values: readonly number[], write: (value: number) => string) =>
    t("home.history", { count: historyDays, values: values.map(write).join(", ") });
  const ready = days.map(({ success }) => success);
  const speed = days.map(({ timeToDesktopP50Ms }) => timeToDesktopP50Ms ?? 0);
  return [
    {
      id: "ready",
      label: t("home.ready"),
      figure: format.number(today.success),
      detail: t("home.readyDetail", { attempts: today.attempts, failed: today.failed, skipped: today.skipped }),
      history: ready,
      historyLabel: historyOf(ready, format.number),
      path: "/operations/thumbnails",
    },
    {
      id: "speed",
      label: t("home.speed"),
      figure: today.timeToDesktopP50Ms === null ? "–" : format.duration(today.timeToDesktopP50Ms),
      detail:
        today.timeToDesktopP95Ms === null
          ? t("home.speedNone")
          : t("home.speedDetail", { p95: format.duration(today.timeToDesktopP95Ms) }),
      history: speed,
      historyLabel: historyOf(speed, format.duration),
      path: "/operations/thumbnails",
    },
  ];
}
