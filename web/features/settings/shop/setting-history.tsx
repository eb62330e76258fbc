import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { useUserName } from "../../../shared/session/user-name.tsx";
import { settingHistoryQuery } from "../queries.ts";
import { settingName, valueText } from "./setting-words.ts";
import styles from "./shop.module.css";

export interface SettingHistoryProps {
  readonly settingKey: string | null;
  readonly onClose: () => void;
}

export function SettingHistory({ settingKey, onClose }: SettingHistoryProps) {
  const { t } = useTranslation("settings");
  const title = settingKey === null ? "" : t("shop.historyOf", { name: settingName(settingKey, t) });
  return (
    <Sheet title={title} isOpen={settingKey !== null} onClose={onClose}>
      {settingKey !== null && <Changes settingKey={settingKey} />}
    </Sheet>
  );
}

function Changes({ settingKey }: { readonly settingKey: string }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const nameOf = useUserName();
  const changes = useInfiniteQuery(settingHistoryQuery(settingKey));
  return (
    <Queried query={changes}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return (
            <Empty icon={IconHistory} title={t("shop.noHistory")}>
              {t("shop.noHistoryText")}
            </Empty>
          );
        }
        return (
          <>
            <ol className={styles.changes}>
              {items.map((change) => (
                <li key={change.id}>
                  {t("shop.from", {
                    old: change.oldValue === null ? t("shop.unset") : valueText(change.oldValue, t, format.number),
                    new: valueText(change.newValue, t, format.number),
                  })}
                  <span className={styles.by}>
                    {nameOf(change.changedBy)} · <RelativeTime at={change.changedAt} />
                  </span>
                </li>
              ))}
            </ol>
            <MoreRows query={changes} />
          </>
        );
      }}
    </Queried>
  );
}
