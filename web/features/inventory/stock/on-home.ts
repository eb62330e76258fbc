import { dataOf } from "@bodega/sdk";
import i18next from "i18next";
import type { Attention, Happening, Pulse } from "../../../shared/feature/feature.ts";
import { formatOf } from "../../../shared/format/use-format.ts";
import type { Language } from "../../../shared/i18n/language.ts";
import { client } from "../../../shared/server/client.ts";

/** How many days a sparkline shows. */
const historyDays = 14;

async function textsFor(language: Language) {
  await i18next.loadNamespaces("inventoryHome");
  return i18next.getFixedT(language, "inventoryHome");
}

const summary = (signal: AbortSignal) => dataOf(client.http.GET("/v1/stock/summary", { signal }));

/** What of the stock is not all right, in a sentence. */
export async function pulse(language: Language, signal: AbortSignal): Promise<Pulse | null> {
  const [t, { out, low, expiring }] = await Promise.all([textsFor(language), summary(signal)]);
  const parts = [
    ...(out > 0 ? [t("out", { count: out })] : []),
    ...(low > 0 ? [t("low", { count: low })] : []),
    ...(expiring > 0 ? [t("expiring", { count: expiring })] : []),
  ];
  if (parts.length === 0) return null;
  const list = new Intl.ListFormat(language, { type: "conjunction" }).format(parts);
  const view = out > 0 ? "out" : low > 0 ? "low" : "expiring";
  return { state: "warning", sentence: `${list}.`, path: `/inventory?view=${view}` };
}

/** What is out, low or about to expire: a row each, which leads to where it can be put right. */
export async function attention(language: Language, signal: AbortSignal): Promise<readonly Attention[]> {
  const [t, { out, low, expiring }] = await Promise.all([textsFor(language), summary(signal)]);
  const counts = { out, low, expiring };
  return (["out", "low", "expiring"] as const)
    .filter((view) => counts[view] > 0)
    .map((view) => ({
      id: view,
      severity: view === "out" ? "bad" : "warning",
      title: t(`${view}`, { count: counts[view] }),
      ...(view !== "expiring" && { detail: t("attention") }),
      action: { label: t("see"), path: `/inventory?view=${view}` },
    }));
}

/** What went out today, and on the days before. */
export async function happenings(language: Language, signal: AbortSignal): Promise<readonly Happening[]> {
  const [t, { items }] = await Promise.all([
    textsFor(language),
    dataOf(client.http.GET("/v1/stock/movements/daily", { signal, params: { query: { days: historyDays } } })),
  ]);
  const format = formatOf(language);
  const today = items.at(-1);
  if (today === undefined) return [];
  const history = items.map(({ exits }) => Number(exits));
  return [
    {
      id: "moved",
      label: t("moved"),
      figure: format.number(Number(today.exits)),
      detail: t("movedDetail", { entries: format.number(Number(today.entries)) }),
      history,
      historyLabel: t("history", { count: historyDays, values: history.map(format.number).join(", ") }),
      path: "/inventory/movements",
    },
  ];
}
