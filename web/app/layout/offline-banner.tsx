import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useOnline } from "../../shared/server/use-online.ts";
import styles from "./offline-banner.module.css";

export function OfflineBanner() {
  const { t } = useTranslation();
  const isOnline = useOnline();
  return (
    <div role="status" className={styles.place}>
      {!isOnline && (
        <p className={styles.banner}>
          <IconCloudOff size={18} aria-hidden />
          <span>
            <strong>{t("offline.title")}</strong> {t("offline.detail")}
          </span>
        </p>
      )}
    </div>
  );
}
