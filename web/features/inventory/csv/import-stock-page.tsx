import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconDownload, IconFileImport } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { csvText } from "../../../shared/files/csv-text.ts";
import { DropZone } from "../../../shared/files/drop-zone.tsx";
import { FileButton } from "../../../shared/files/file-button.tsx";
import { saveFile } from "../../../shared/files/save-file.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { ImportReport } from "./import-report.tsx";
import { importStock, stockColumns } from "./import-stock.ts";
import styles from "./import-stock-page.module.css";
import { useCsvDelimiter } from "./use-csv-download.ts";

/** Stock from a CSV file: first what would happen, row by row; then all of it, or nothing. */
export default function ImportStockPage() {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const delimiter = useCsvDelimiter();
  const [file, setFile] = useState<File | null>(null);

  const check = useAction({
    name: "check-stock-file",
    target: fileName,
    run: (chosen: File, options) => importStock(chosen, { isDryRun: true, ...options }),
    showsError: true,
  });
  const apply = useAction({
    name: "import-stock",
    target: fileName,
    run: (chosen: File, options) => importStock(chosen, { isDryRun: false, ...options }),
    onDone: async ({ accepted, isApplied }, chosen) => {
      if (!isApplied) return check.mutate(chosen);
      notify({ message: t("csv.done", { count: accepted, figure: format.number(accepted) }), color: "green" });
      await queryClient.invalidateQueries({ queryKey: ["inventory"] });
      await navigate({ to: "/inventory" });
    },
    showsError: true,
  });
  const choose = ([chosen]: readonly File[]) => {
    if (chosen === undefined || apply.isPending || check.isPending) return;
    setFile(chosen);
    apply.reset();
    check.reset();
    check.mutate(chosen);
  };
  const report = check.data;
  const name = file?.name ?? "";
  return (
    <>
      <Panel
        title={t("csv.title")}
        aside={
          <Anchor component={Link} to="/inventory">
            {t("csv.back")}
          </Anchor>
        }
      >
        <Text>{t("csv.lead")}</Text>
        <div className={styles.zone}>
          <FileButton
            label={t(report === undefined ? "csv.choose" : "csv.again")}
            icon={IconFileImport}
            accept=".csv,text/csv"
            onFiles={choose}
            isPrimary={report === undefined}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => saveFile(new Blob([csvText([stockColumns], delimiter)], { type: "text/csv" }), "stock.csv")}
          >
            {t("csv.template")}
          </Button>
          <Text c="dimmed" size="sm" className={styles.columns}>
            {t("csv.columns", { columns: stockColumns.join(", ") })}
          </Text>
        </div>
      </Panel>
      {check.isPending && <Waiting label={t("csv.checking", { name })} />}
      {check.error !== null && <ErrorPanel error={check.error} attempt="reading" />}
      {apply.error !== null && <ErrorPanel error={apply.error} attempt="writing" />}
      {report !== undefined && !check.isPending && <ImportReport report={report} />}
      {report !== undefined && file !== null && report.rows.length > 0 && (
        <Group justify="space-between">
          <Text>{t(report.refused > 0 ? "csv.refusedHint" : "csv.readyHint")}</Text>
          <Button disabled={report.refused > 0} loading={apply.isPending} onClick={() => apply.mutate(file)}>
            {t("csv.apply", { count: report.rows.length, figure: format.number(report.rows.length) })}
          </Button>
        </Group>
      )}
      {apply.isPending && <Waiting label={t("csv.applying", { name })} />}
      <DropZone title={t("csv.drop")} words={t("csv.lead")} onFiles={choose} />
    </>
  );
}

/** Another file, or the same one changed, is another import. */
const fileName = ({ name, size, lastModified }: File): string => `${name} ${size} ${lastModified}`;
