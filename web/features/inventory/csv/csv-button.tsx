import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type CsvDownload, useCsvDownload } from "./use-csv-download.ts";

/** The list that is on the screen, whole, as a file for a spreadsheet. */
export function CsvButton(download: CsvDownload) {
  const { t } = useTranslation("inventory");
  const { mutate, isPending } = useCsvDownload();
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={isPending}
      onClick={() => mutate(download)}
    >
      {t("csv.download")}
    </Button>
  );
}
