import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../shared/page/empty.tsx";
import { ErrorPanel } from "../shared/problems/error-panel.tsx";
import styles from "./page-error.module.css";

/** In place of a page that could not be read or shown. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { t } = useTranslation();
  return (
    <div className={styles.place}>
      <ErrorPanel
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      >
        <Button size="xs" variant="subtle" onClick={() => window.location.reload()}>
          {t("error.reload")}
        </Button>
      </ErrorPanel>
    </div>
  );
}

export function NothingHere() {
  const { t } = useTranslation();
  return (
    <main className={styles.place}>
      <Empty
        icon={IconMapOff}
        title={t("error.noPage.title")}
        action={
          <Button component={Link} to="/" variant="default">
            {t("error.noPage.action")}
          </Button>
        }
      >
        {t("error.noPage.kept")} {t("error.noPage.todo")}
      </Empty>
    </main>
  );
}
