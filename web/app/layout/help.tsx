import { Kbd, Modal, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../shared/i18n/use-language.ts";
import styles from "./help.module.css";
import { useSections } from "./sections.ts";

export default function Help({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sections = useSections();
  return (
    <Modal opened onClose={onClose} title={t("help.title")}>
      <Title order={3} mb="xs">
        {t("help.everywhere")}
      </Title>
      <dl className={styles.keys}>
        <Row keys={<Kbd>/</Kbd>}>{t("help.search")}</Row>
        <Row keys={<Kbd>?</Kbd>}>{t("help.help")}</Row>
        <Row
          keys={
            <>
              <Kbd>↑</Kbd> <Kbd>↓</Kbd>
            </>
          }
        >
          {t("help.move")}
        </Row>
        <Row keys={<Kbd>Enter</Kbd>}>{t("help.open")}</Row>
        <Row keys={<Kbd>Esc</Kbd>}>{t("help.close")}</Row>
      </dl>
      <Title order={3} mt="lg" mb="xs">
        {t("help.sections")}
      </Title>
      <dl className={styles.keys}>
        {sections.map(({ name, label }, index) => (
          <Row
            key={name}
            keys={
              <>
                <Kbd>g</Kbd> {t("help.andThen")} <Kbd>{index + 1}</Kbd>
              </>
            }
          >
            {t("help.go", { section: label[language] })}
          </Row>
        ))}
      </dl>
    </Modal>
  );
}

function Row({ keys, children }: { readonly keys: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.row}>
      <dt>{keys}</dt>
      <dd>{children}</dd>
    </div>
  );
}
