import type { components } from "@bodega/sdk";
import { useBodega, useMutationKey } from "@bodega/sdk/react";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconFileImport } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../../../shared/files/drop-zone.tsx";
import { FileButton } from "../../../shared/files/file-button.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip, type Tone } from "../../../shared/page/chip.tsx";
import { Page } from "../../../shared/page/page.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import bulkStyles from "../bulk/add-photos.module.css";
import { csvColumns } from "../list/products-csv.ts";
import { allLists } from "../list/use-product-list.ts";
import { importCsv } from "./import-csv.ts";
import { useCsvExport } from "./use-csv-export.ts";

type ImportReport = components["schemas"]["ImportReport"];
type Row = ImportReport["rows"][number];

/** More rows than this help nobody; those with errors come first. */
const shownMax = 200;
const tones = { created: "good", updated: "info", refused: "bad" } as const satisfies Record<string, Tone>;

/** Products from a CSV file: first what would happen, row by row; then all of it, or nothing. */
export default function ImportPage() {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const navigate = useNavigate();
  const { client, queryClient } = useBodega();
  const key = useMutationKey("import-products");
  const [file, setFile] = useState<File | null>(null);
  const template = useCsvExport();

  const check = useMutation({ mutationFn: (chosen: File) => importCsv(client, chosen, { isDryRun: true }) });
  const apply = useMutation({
    mutationFn: (chosen: File) => importCsv(client, chosen, { isDryRun: false, idempotencyKey: key.value() }),
    onSuccess: async ({ created, updated }) => {
      key.settle();
      const counts = { created: format.number(created), updated: format.number(updated) };
      notifications.show({ message: t("csv.done", counts), color: "green" });
      await queryClient.invalidateQueries(allLists);
      await queryClient.invalidateQueries({ queryKey: ["catalog", "facets"] });
      await navigate({ to: "/catalog" });
    },
    // Somebody may have changed products meanwhile: the report says what is so now.
    onError: (_error, chosen) => check.mutate(chosen),
  });
  const choose = ([chosen]: readonly File[]) => {
    if (chosen === undefined || apply.isPending) return;
    // Another file is another import.
    key.settle();
    apply.reset();
    setFile(chosen);
    check.mutate(chosen);
  };
  const report = check.data;
  const name = file?.name ?? "";
  return (
    <Page title={t("csv.title")} lead={t("csv.lead")}>
      <div className={bulkStyles.zone} data-small={report !== undefined || undefined}>
        <Group gap="xs" justify="center">
          <FileButton
            label={report === undefined ? t("csv.choose") : t("csv.again")}
            icon={IconFileImport}
            accept=".csv,text/csv"
            onFiles={choose}
            isPrimary={report === undefined}
          />
          <Button
            variant="default"
            maw="100%"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={template.isPending}
            onClick={() => template.mutate()}
          >
            {t("csv.template")}
          </Button>
        </Group>
        <Text c="dimmed">{t("csv.columns", { columns: Object.keys(csvColumns).join(", ") })}</Text>
      </div>
      {check.isPending && <Waiting label={t("csv.checking", { name })} />}
      {check.error !== null && <ErrorPanel error={check.error} />}
      {apply.error !== null && <ErrorPanel error={apply.error} attempt="writing" />}
      {report !== undefined && !check.isPending && <Report report={report} />}
      {report !== undefined && !check.isPending && report.rows.length > 0 && (
        <Group justify="space-between">
          <Text>{report.refused > 0 ? t("csv.refusedHint") : t("csv.readyHint")}</Text>
          <Button
            disabled={report.refused > 0 || file === null}
            loading={apply.isPending}
            onClick={() => file !== null && !apply.isPending && apply.mutate(file)}
          >
            {t("csv.apply", { count: report.rows.length })}
          </Button>
        </Group>
      )}
      {apply.isPending && <Waiting label={t("csv.applying", { name })} />}
      <DropZone title={t("csv.drop")} words={t("csv.lead")} onFiles={choose} />
    </Page>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  if (report.rows.length === 0) return <Text role="status">{t("csv.empty")}</Text>;
  const rows = report.rows.toSorted((one, other) => other.errors.length - one.errors.length || one.line - other.line);
  const summary = t("csv.summary", {
    created: format.number(report.created),
    updated: format.number(report.updated),
    refused: format.number(report.refused),
  });
  const columns: readonly Column<Row>[] = [
    { id: "line", header: t("csv.line"), cell: ({ line }) => format.number(line) },
    { id: "sku", header: t("csv.sku"), cell: ({ sku }) => sku },
    {
      id: "action",
      header: t("csv.action"),
      cell: ({ action }) => <Chip tone={tones[action]}>{t(`csv.actions.${action}`)}</Chip>,
    },
    {
      id: "errors",
      header: t("csv.errors"),
      cell: ({ errors }) => errors.map(({ column, message }) => `${column}: ${message}`).join("; "),
    },
  ];
  return (
    <DataTable
      id="catalog-import"
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
  );
}
