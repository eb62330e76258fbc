import { dataOf } from "@bodega/sdk";
import { Anchor, Button, Text } from "@mantine/core";
import { IconDownload, IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { csvText } from "../../../shared/files/csv-text.ts";
import { saveFile } from "../../../shared/files/save-file.ts";
import { compareDecimals } from "../../../shared/format/decimal.ts";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { Facts } from "../../../shared/page/facts.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { useCsvDelimiter } from "../csv/use-csv-download.ts";
import facts from "../shared/facts-beside.module.css";
import { ProductName } from "../shared/product-name.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { useWorth } from "../shared/worth.ts";
import type { VarianceReport } from "./book-count.ts";

type Line = VarianceReport["lines"][number];

/** More than this are looked at in the file. */
const shownMax = 300;

/** What a count found, against what the ledger said, and what the difference is worth. */
export function VarianceReportView({ countId }: { readonly countId: string }) {
  const { t } = useTranslation("inventory");
  const report = useQuery({
    queryKey: ["inventory", "counts", countId],
    queryFn: ({ signal }) =>
      dataOf(client.http.GET("/v1/stock/counts/{id}", { signal, params: { path: { id: countId } } })),
  });
  return (
    <Queried query={report} label={t("counts.reading")}>
      {(found) => <Report report={found} />}
    </Queried>
  );
}

function Report({ report }: { readonly report: VarianceReport }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const quantity = useQuantity();
  const worth = useWorth();
  const columns = useColumns();
  const exportCsv = useCsv(report);
  const [filter, setFilter] = useState<"off" | "all">(report.linesOff > 0 ? "off" : "all");
  const lines = (filter === "all" ? report.lines : report.lines.filter(({ variance }) => variance !== "0")).toSorted(
    byWorth,
  );
  return (
    <>
      <Panel
        title={t("counts.reportTitle", { location: report.locationCode })}
        aside={
          <Anchor component={Link} to="/inventory/counts">
            {t("counts.back")}
          </Anchor>
        }
      >
        <div className={facts.beside}>
          <Facts
            facts={[
              [t("counts.columns.at"), <RelativeTime key="at" at={report.createdAt} />],
              [t("counts.columns.who"), report.createdByName ?? report.createdBy],
              [t("counts.columns.lines"), format.number(report.linesCounted)],
              [t("counts.columns.off"), format.number(report.linesOff)],
              [t("counts.surplus"), quantity.change(report.surplus)],
              [t("counts.missing"), quantity.amount(report.missing)],
              [t("counts.columns.worth"), <b key="worth">{worth.change(report.worth)}</b>],
            ]}
          />
        </div>
      </Panel>
      <Panel isFlush>
        {lines.length === 0 ? (
          <Empty icon={IconScale} title={t("counts.allExact")}>
            {t("counts.allExactText")}
          </Empty>
        ) : (
          <DataTable
            id="variance"
            label={t("counts.reportTitle", { location: report.locationCode })}
            columns={columns}
            rows={lines.slice(0, shownMax)}
            rowKey={({ productId }) => productId}
            bar={
              <>
                <FilterBar
                  label={t("counts.filter")}
                  value={filter}
                  choices={(["off", "all"] as const).map((value) => ({ value, label: t(`counts.filters.${value}`) }))}
                  onChoose={setFilter}
                />
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconDownload size={14} aria-hidden />}
                  onClick={exportCsv}
                >
                  {t("csv.download")}
                </Button>
              </>
            }
            {...(lines.length > shownMax && {
              foot: <Text size="xs">{t("csv.shown", { shown: format.number(shownMax), count: lines.length })}</Text>,
            })}
          />
        )}
      </Panel>
    </>
  );
}

/** What is worth most, either way, comes first. */
const byWorth = (one: Line, other: Line): number => compareDecimals(sizeOf(other), sizeOf(one));
const sizeOf = ({ worth, variance }: Line): string => (worth ?? variance).replace("-", "");

function useColumns(): readonly Column<Line>[] {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const figures = useWorth();
  return [
    {
      id: "product",
      header: t("counts.columns.product"),
      cell: ({ name, sku }) => <ProductName product={{ name, sku }} />,
    },
    {
      id: "expected",
      header: t("counts.columns.expected"),
      isFigure: true,
      cell: ({ expected }) => quantity.amount(expected),
    },
    {
      id: "counted",
      header: t("counts.columns.counted"),
      isFigure: true,
      cell: ({ counted }) => quantity.amount(counted),
    },
    {
      id: "variance",
      header: t("counts.columns.variance"),
      isFigure: true,
      cell: ({ variance }) => quantity.change(variance),
    },
    {
      id: "cost",
      header: t("counts.columns.unitCost"),
      isFigure: true,
      cell: ({ unitCost }) => (unitCost === null ? "–" : figures.amount(unitCost)),
    },
    {
      id: "worth",
      header: t("counts.columns.worth"),
      isFigure: true,
      cell: ({ worth }) => (worth === null ? "–" : figures.change(worth)),
    },
  ];
}

function useCsv(report: VarianceReport): () => void {
  const delimiter = useCsvDelimiter();
  const decimal = (value: string | null) => (delimiter === ";" ? (value?.replace(".", ",") ?? null) : value);
  return () => {
    const header = ["sku", "name", "expected", "counted", "variance", "unit_cost", "worth"];
    const rows = report.lines.map(({ sku, name, ...line }) => [
      sku,
      name,
      ...[line.expected, line.counted, line.variance, line.unitCost, line.worth].map(decimal),
    ]);
    saveFile(new Blob([csvText([header, ...rows], delimiter)], { type: "text/csv" }), "count.csv");
  };
}
