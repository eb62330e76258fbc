import type { paths } from "@bodega/sdk";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import type { CsvDelimiter } from "../../../shared/files/csv-text.ts";
import { saveFile } from "../../../shared/files/save-file.ts";
import { useLanguage } from "../../../shared/i18n/use-language.ts";
import { client } from "../../../shared/server/client.ts";
import { useAction } from "../../../shared/server/use-action.ts";

/** The lists that the server gives as files. */
export type CsvPath = Extract<keyof paths, `${string}/export.csv`>;

export interface CsvDownload {
  readonly path: CsvPath;
  /** The filters of the list, as they are on the screen. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly fileName: string;
}

/** A ledger of years takes its time. */
const timeoutMs = 120_000;

/** What spreadsheets want where this language is spoken. */
export const useCsvDelimiter = (): CsvDelimiter => (useLanguage() === "es" ? ";" : ",");

/** Fetches a list as a file, all its pages, and hands it over. */
export function useCsvDownload() {
  const { t } = useTranslation("inventory");
  const delimiter = useCsvDelimiter() === ";" ? "semicolon" : "comma";
  return useAction<CsvDownload, void>({
    name: "csv",
    target: ({ path }) => path,
    run: async ({ path, query = {}, fileName }) => {
      notifications.show({ id: path, message: t("csv.making"), loading: true, autoClose: false });
      try {
        const address = new URL(path, window.location.href);
        for (const [name, value] of Object.entries({ ...query, delimiter })) {
          if (value !== undefined) address.searchParams.set(name, value);
        }
        const answer = await client.transport.send(new Request(address), { timeoutMs });
        saveFile(await answer.blob(), fileName);
      } finally {
        notifications.hide(path);
      }
    },
  });
}
