import { useServerEvents } from "@bodega/sdk/react";
import { Group } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DayChart } from "../../../shared/charts/day-chart.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { Page } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { figuresQuery, storiesTopic, storyKeys } from "../story-queries.ts";
import { StoryTabs } from "../story-tabs.tsx";
import { FigureTotals } from "./figure-totals.tsx";
import styles from "./figures.module.css";
import { MonthPicker } from "./month-picker.tsx";
import { ProviderChoice } from "./provider-choice.tsx";
import { ProviderTable } from "./provider-table.tsx";

export type Figures = NonNullable<ReturnType<typeof useFigures>["data"]>;

const route = getRouteApi("/shell/stories/figures");
const ranges = [7, 30, 90] as const;

function useFigures(days: number) {
  return useQuery(figuresQuery(days));
}

/** Who draws, how well, how fast and for how much; and how to change who does. */
export default function FiguresPage() {
  const { t } = useTranslation("stories");
  const { days = 30 } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const figures = useFigures(days);
  useServerEvents(storiesTopic, ({ payload }) => {
    if (isEnd(payload)) void queryClient.invalidateQueries({ queryKey: storyKeys.figures });
  });
  return (
    <Page title={t("title")} bar={<StoryTabs />}>
      <Group justify="space-between" align="end">
        <FilterBar
          label={t("figures.range")}
          value={String(days)}
          choices={ranges.map((range) => ({ value: String(range), label: t("figures.days", { count: range }) }))}
          onChoose={(value) =>
            void navigate({ search: value === "7" ? { days: 7 } : value === "90" ? { days: 90 } : {}, replace: true })
          }
        />
        <MonthPicker />
      </Group>
      <Queried query={figures}>
        {(data) => (
          <>
            <FigureTotals figures={data} />
            <ProviderChoice figures={data} />
            <div className={styles.charts}>
              <PicturesByDay figures={data} />
              <CostByDay figures={data} />
            </div>
            <ProviderTable figures={data} />
          </>
        )}
      </Queried>
    </Page>
  );
}

/** Only an end changes a figure. */
const isEnd = (payload: unknown): boolean =>
  typeof payload === "object" && payload !== null && "phase" in payload && payload.phase === "run_finished";

function PicturesByDay({ figures: { byDay } }: { readonly figures: Figures }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  return (
    <Panel title={t("figures.byDay")}>
      <DayChart
        kind="bars"
        label={t("figures.byDayLabel")}
        days={byDay.map(({ day }) => format.day(day))}
        series={[
          {
            id: "pictures",
            label: t("figures.pictures"),
            tone: "accent",
            values: byDay.map(({ pictures, fallbacks }) => Math.max(0, pictures - fallbacks)),
          },
          {
            id: "fallbacks",
            label: t("figures.fallbacks"),
            tone: "warning",
            values: byDay.map((day) => day.fallbacks),
          },
          { id: "blocks", label: t("figures.policyBlocks"), tone: "bad", values: byDay.map((day) => day.policyBlocks) },
        ]}
        format={format.number}
        empty={t("figures.nothing")}
      />
    </Panel>
  );
}

function CostByDay({ figures: { byDay } }: { readonly figures: Figures }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  return (
    <Panel title={t("figures.costByDay")}>
      <DayChart
        kind="bars"
        label={t("figures.costByDayLabel")}
        days={byDay.map(({ day }) => format.day(day))}
        series={[
          { id: "cost", label: t("figures.cost"), tone: "info", values: byDay.map(({ costUsd }) => Number(costUsd)) },
        ]}
        format={(value) => format.money(String(value), "USD")}
        empty={t("figures.nothing")}
      />
    </Panel>
  );
}
