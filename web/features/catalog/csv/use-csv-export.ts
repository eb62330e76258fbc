import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { saveFile } from "../../../shared/files/save-file.ts";
import { useLanguage } from "../../../shared/i18n/use-language.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";

/** A catalogue of a hundred thousand takes its time. */
const timeoutMs = 120_000;

/** All products as a file; with semicolons where the comma is decimal, as spreadsheets there want it. */
export function useCsvExport() {
  const { t } = useTranslation("catalog");
  const delimiter = useLanguage() === "es" ? "semicolon" : "comma";
  return useMutation({
    mutationFn: async () => {
      const id = "csv-export";
      notifications.show({ id, message: t("exporting"), loading: true, autoClose: false });
      try {
        const address = new URL(`/v1/products/export.csv?delimiter=${delimiter}`, window.location.href);
        const answer = await client.transport.send(new Request(address), { timeoutMs });
        saveFile(await answer.blob(), "products.csv");
      } finally {
        notifications.hide(id);
      }
    },
    onError: notifyError,
  });
}
