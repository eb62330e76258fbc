import { useTranslation } from "react-i18next";
import { Page } from "../../shared/page/page.tsx";

export default function HomePage() {
  const { t } = useTranslation("home");
  return <Page title={t("title")}>{null}</Page>;
}
