import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LanguageChoice } from "../../../shared/i18n/language-choice.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { DensityChoice } from "../../../shared/table/density-choice.tsx";
import { ThemeChoice } from "../../../shared/theme/theme-choice.tsx";
import styles from "./appearance-page.module.css";

/** How Bodega looks in this browser; nobody else's changes with it. */
export default function AppearancePage() {
  const { t } = useTranslation("settings");
  return (
    <Panel isFlush>
      <Choice name={t("appearance.language")} text={t("appearance.languageText")}>
        <LanguageChoice />
      </Choice>
      <Choice name={t("appearance.theme")} text={t("appearance.themeText")}>
        <ThemeChoice />
      </Choice>
      <Choice name={t("appearance.density")} text={t("appearance.densityText")}>
        <DensityChoice />
      </Choice>
    </Panel>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly text: string;
  readonly children: ReactNode;
}

function Choice({ name, text, children }: ChoiceProps) {
  return (
    <div className={styles.choice}>
      <div className={styles.words}>
        <Text fw={600}>{name}</Text>
        <Text c="dimmed">{text}</Text>
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
