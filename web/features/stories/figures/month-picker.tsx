import { Button, Group, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { saveFile } from "../../../shared/files/save-file.ts";
import { useLanguage } from "../../../shared/i18n/use-language.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";

/** The month's pictures and costs as a file for a spreadsheet. */
export function MonthPicker() {
  const { t } = useTranslation("stories");
  const delimiter = useLanguage() === "es" ? "semicolon" : "comma";
  const [month, setMonth] = useState(new Date().toISOString().slice(0, 7));
  const download = useMutation({
    mutationFn: async () => {
      const address = new URL(`/v1/stories/report.csv?month=${month}&delimiter=${delimiter}`, window.location.href);
      const answer = await client.transport.send(new Request(address));
      saveFile(await answer.blob(), `stories-${month}.csv`);
    },
    onError: notifyError,
  });
  return (
    <Group gap="xs" align="end">
      <TextInput
        type="month"
        size="xs"
        label={t("figures.csvMonth")}
        value={month}
        onChange={({ currentTarget: { value } }) => setMonth(value)}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        loading={download.isPending}
        disabled={!/^\d{4}-\d{2}$/.test(month)}
        onClick={() => download.mutate()}
      >
        {t("figures.csv")}
      </Button>
    </Group>
  );
}
