import { type components, dataOf } from "@bodega/sdk";
import { Button } from "@mantine/core";
import { IconClipboardCheck, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import { useStockEvents } from "../shared/use-stock-events.ts";
import { When } from "../shared/when.tsx";
import { useWorth } from "../shared/worth.ts";
import { KeptCounts } from "./kept-counts.tsx";
import { StartCount } from "./start-count.tsx";

type Count = components["schemas"]["Count"];

const useBookedCounts = () =>
  useInfiniteQuery({
    queryKey: ["inventory", "counts"],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/stock/counts", {
          signal,
          params: { query: pageParam === null ? {} : { cursor: pageParam } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** What goes on here, what was booked, and the way to begin. */
export function CountsOverview() {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const [isStarting, setIsStarting] = useState(false);
  const start = useRef<HTMLButtonElement>(null);
  const counts = useBookedCounts();
  const columns = useColumns();
  useStockEvents();
  useShortcut("n", () => setIsStarting(true));
  return (
    <>
      <PageAction>
        <Button ref={start} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsStarting(true)}>
          {t("counts.start")}
          <ActionKey>N</ActionKey>
        </Button>
      </PageAction>
      <KeptCounts onNoneLeft={() => start.current?.focus()} />
      <Queried query={counts}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return (
            <Panel title={t("counts.booked")} isFlush>
              {rows.length === 0 ? (
                <Empty icon={IconClipboardCheck} title={t("counts.empty")}>
                  {t("counts.emptyText")}
                </Empty>
              ) : (
                <DataTable
                  id="counts"
                  label={t("counts.booked")}
                  columns={columns}
                  rows={rows}
                  rowKey={({ id }) => id}
                  onOpen={({ id }) => void navigate({ to: "/inventory/counts", search: { report: id } })}
                  bar={<CsvButton path="/v1/stock/counts/export.csv" fileName="counts.csv" />}
                  foot={<MoreRows query={counts} />}
                />
              )}
            </Panel>
          );
        }}
      </Queried>
      {isStarting && <StartCount onClose={() => setIsStarting(false)} />}
    </>
  );
}

function useColumns(): readonly Column<Count>[] {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const figures = useWorth();
  return [
    { id: "at", header: t("counts.columns.at"), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: "location", header: t("counts.columns.location"), cell: ({ locationCode }) => locationCode },
    { id: "who", header: t("counts.columns.who"), cell: ({ createdBy, createdByName }) => createdByName ?? createdBy },
    {
      id: "lines",
      header: t("counts.columns.lines"),
      isFigure: true,
      cell: ({ linesCounted }) => format.number(linesCounted),
    },
    {
      id: "off",
      header: t("counts.columns.off"),
      isFigure: true,
      cell: ({ linesOff }) =>
        linesOff === 0 ? (
          <Chip tone="good">{t("counts.exact")}</Chip>
        ) : (
          <Chip tone="warning">{t("counts.offBy", { count: linesOff, figure: format.number(linesOff) })}</Chip>
        ),
    },
    {
      id: "worth",
      header: t("counts.columns.worth"),
      isFigure: true,
      cell: ({ worth }) => figures.change(worth),
    },
    { id: "note", header: t("counts.columns.note"), isHidden: true, cell: ({ note }) => note ?? "" },
  ];
}
