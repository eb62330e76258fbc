import { useServerEvents } from "@bodega/sdk/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DayChart } from "../../../shared/charts/day-chart.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { isOneOf } from "../filters.ts";
import { operationsKeys, thumbnailMetricsQuery } from "../queries.ts";
import { byDay, type MetricDay } from "./metric-days.ts";
import { MetricTotals } from "./metric-totals.tsx";
import styles from "./thumbnails-page.module.css";
import { TroubledPhotos } from "./troubled-photos.tsx";

const route = getRouteApi("/shell/operations/thumbnails");
const ranges = [7, 30, 90] as const;

/** How thumbnails come, over time, and which photos need a person. */
export default function ThumbnailsPage() {
  const { t } = useTranslation("operations");
  const { days = 30 } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  useServerEvents("product-images", ({ payload }) => {
    if (isEnd(payload)) void queryClient.invalidateQueries({ queryKey: [...operationsKeys.all, "troubled"] });
  });
  return (
    <>
      <FilterBar
        label={t("thumbnails.range")}
        value={String(days)}
        choices={ranges.map((range) => ({ value: String(range), label: t("thumbnails.days", { count: range }) }))}
        onChoose={(value) => {
          const chosen = Number(value);
          void navigate({ search: isOneOf(ranges, chosen) ? { days: chosen } : {}, replace: true });
        }}
      />
      <Queried query={useQuery(thumbnailMetricsQuery(days))}>
        {({ items }) => (
          <>
            <MetricTotals days={items} />
            <div className={styles.charts}>
              <Ends days={byDay(items, days)} />
              <Times days={byDay(items, days)} />
            </div>
          </>
        )}
      </Queried>
      <TroubledPhotos />
    </>
  );
}

/** Only an end of a photo's way changes what is listed here. */
const isEnd = (payload: unknown): boolean =>
  typeof payload === "object" && payload !== null && "phase" in payload && payload.phase !== "base_insert";

function Ends({ days }: { readonly days: readonly MetricDay[] }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const of = (name: "success" | "partial" | "skipped" | "failed") => days.map((day) => day[name]);
  return (
    <Panel title={t("thumbnails.made")}>
      <DayChart
        kind="bars"
        label={t("thumbnails.madeLabel")}
        days={days.map(({ day }) => format.day(day))}
        series={[
          { id: "success", label: t("thumbnails.success"), tone: "good", values: of("success") },
          { id: "partial", label: t("thumbnails.partial"), tone: "warning", values: of("partial") },
          { id: "skipped", label: t("thumbnails.skipped"), tone: "neutral", values: of("skipped") },
          { id: "failed", label: t("thumbnails.failed"), tone: "bad", values: of("failed") },
        ]}
        format={format.number}
        empty={t("thumbnails.nothing")}
      />
    </Panel>
  );
}

function Times({ days }: { readonly days: readonly MetricDay[] }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  return (
    <Panel title={t("thumbnails.time")}>
      <DayChart
        kind="lines"
        label={t("thumbnails.timeLabel")}
        days={days.map(({ day }) => format.day(day))}
        series={[
          { id: "p50", label: t("thumbnails.p50"), tone: "accent", values: days.map((day) => day.timeToDesktopP50Ms) },
          { id: "p95", label: t("thumbnails.p95"), tone: "info", values: days.map((day) => day.timeToDesktopP95Ms) },
        ]}
        format={format.duration}
        empty={t("thumbnails.nothing")}
      />
    </Panel>
  );
}
