import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../shared/i18n/use-language.ts";
import { Mark } from "../../shared/page/mark.tsx";
import styles from "./rail.module.css";
import { useSections } from "./sections.ts";

/** At the left; only icons where there is less room, and along the bottom edge of a phone. */
export function Rail() {
  const { t } = useTranslation();
  const language = useLanguage();
  const sections = useSections();
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      <Link to="/" className={styles.brand} aria-label={t("product")} tabIndex={-1}>
        <Mark />
        <span className={styles.name} aria-hidden>
          {t("product")}
        </span>
      </Link>
      <ul className={styles.list}>
        {sections.map(({ name, path, label, icon: Glyph }) => (
          <li key={name}>
            <Link
              to={path}
              className={styles.item}
              activeOptions={{ exact: path === "/", includeSearch: false }}
              title={label[language]}
            >
              <Glyph size={20} stroke={1.6} aria-hidden />
              <span className={styles.label}>{label[language]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
