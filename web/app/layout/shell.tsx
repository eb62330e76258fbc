import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Waiting } from "../../shared/waiting/waiting.tsx";
import { GlobalKeys } from "./global-keys.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";
import { useFreshAfterLoss } from "./use-fresh-after-loss.ts";

/** The frame of every page behind the sign-in: rail, top bar, and the page that scrolls with the window. */
export function Shell() {
  const { t } = useTranslation();
  useFreshAfterLoss();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("skipToContent")}
      </a>
      <Rail />
      <div className={styles.column}>
        <TopBar />
        <OfflineBanner />
        <main id="content" className={styles.main} tabIndex={-1}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <GlobalKeys />
    </div>
  );
}
