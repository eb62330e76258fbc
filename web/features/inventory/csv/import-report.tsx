import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import type { StockImportReport } from "./import-stock.ts";
import { rowProblem } from "./row-problem.ts";

type Row = StockImportReport["rows"][number];

/** More rows than this help nobody; those with errors come first. */
const shownMax = 200;

/** What a file would do, or why it cannot. */
export function ImportReport({ report }: { readonly report: StockImportReport }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  if (report.rows.length === 0) return <Text role="status">{t("csv.empty")}</Text>;
  const rows = report.rows.toSorted((one, other) => other.errors.length - one.errors.length || one.line - other.line);
  const summary = t("csv.summary", {
    accepted: format.number(report.accepted),
    refused: format.number(report.refused),
  });
  const problem = (column: string, message: string) => {
    const name = rowProblem(column, message);
    return `${column}: ${name === null ? message : t(`csv.problems.${name}`)}`;
  };
  const columns: readonly Column<Row>[] = [
    { id: "line", header: t("csv.line"), cell: ({ line }) => format.number(line) },
    { id: "sku", header: t("csv.sku"), cell: ({ sku }) => sku },
    { id: "location", header: t("csv.location"), cell: ({ location }) => location },
    {
      id: "quantity",
      header: t("csv.quantity"),
      isFigure: true,
      cell: ({ quantity }) => (quantity === null ? "–" : format.number(Number(quantity))),
    },
    {
      id: "state",
      header: t("csv.state"),
      cell: ({ errors }) => (
        <Chip tone={errors.length === 0 ? "good" : "bad"}>{t(errors.length === 0 ? "csv.right" : "csv.wrong")}</Chip>
      ),
    },
    {
      id: "errors",
      header: t("csv.errors"),
      cell: ({ errors }) => errors.map(({ column, message }) => problem(column, message)).join("; "),
    },
  ];
  return (
    <Panel isFlush>
      <DataTable
        id="stock-import"
        label={summary}
        columns={columns}
        rows={rows.slice(0, shownMax)}
        rowKey={({ line }) => String(line)}
        bar={
          <Text fw={600} role="status">
            {summary}
          </Text>
        }
        {...(rows.length > shownMax && {
          foot: t("csv.shown", { shown: format.number(shownMax), count: rows.length }),
        })}
      />
    </Panel>
  );
}
