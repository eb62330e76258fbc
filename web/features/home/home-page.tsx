import { useTranslation } from "react-i18next";
import { Page } from "../../shared/page/page.tsx";
import { AttentionList } from "./attention-list.tsx";
import { Happenings } from "./happenings.tsx";
import styles from "./home-page.module.css";
import { Pulse } from "./pulse.tsx";

/** Is everything all right? What needs me? What happened? Each answered by the features that this role may see. */
export default function HomePage() {
  const { t } = useTranslation("home");
  return (
    <Page title={t("title")} lead={<Pulse />}>
      <div className={styles.columns}>
        <AttentionList />
        <Happenings />
      </div>
    </Page>
  );
}
