import { Kbd, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { LiveIndicator } from "./live-indicator.tsx";
import { useOverlay } from "./overlays.ts";
import styles from "./top-bar.module.css";
import { UserMenu } from "./user-menu.tsx";

const Palette = lazy(() => import("../search/palette.tsx"));

export function TopBar() {
  const { t } = useTranslation();
  const search = useOverlay("search");
  return (
    <header className={styles.bar}>
      <UnstyledButton className={styles.search} onClick={search.open} aria-keyshortcuts="/" aria-haspopup="dialog">
        <IconSearch size={16} aria-hidden />
        <span className={styles.placeholder}>{t("search.placeholder")}</span>
        <Kbd size="xs" className={styles.key} aria-hidden>
          /
        </Kbd>
      </UnstyledButton>
      <div className={styles.end}>
        <LiveIndicator />
        <UserMenu />
      </div>
      {search.isOpen && (
        <Suspense fallback={null}>
          <Palette onClose={search.close} />
        </Suspense>
      )}
    </header>
  );
}
