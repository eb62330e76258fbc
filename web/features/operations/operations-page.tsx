import { useTranslation } from "react-i18next";
import { Page } from "../../shared/page/page.tsx";

export default function OperationsPage() {
  const { t } = useTranslation("operations");
  return <Page title={t("title")}>{null}</Page>;
}
