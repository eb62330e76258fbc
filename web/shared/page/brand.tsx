import { useTranslation } from "react-i18next";
import styles from "./brand.module.css";
import { Mark } from "./mark.tsx";

export function Brand() {
  const { t } = useTranslation();
  return (
    <span className={styles.brand}>
      <Mark /> {t("product")}
    </span>
  );
}
