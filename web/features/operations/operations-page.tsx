import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared/page/page.tsx";
import { PageTabs } from "../../shared/page/page-tabs.tsx";

/** The frame of the parts of Operations; each has its own address. */
export default function OperationsPage() {
  const { t } = useTranslation("operations");
  const tabs = [
    { path: "/operations", label: t("tabs.health") },
    { path: "/operations/thumbnails", label: t("tabs.thumbnails") },
    { path: "/operations/jobs", label: t("tabs.jobs") },
    { path: "/operations/schedules", label: t("tabs.schedules") },
    { path: "/operations/incidents", label: t("tabs.incidents") },
    { path: "/operations/breakers", label: t("tabs.breakers") },
  ];
  return (
    <Page title={t("title")} bar={<PageTabs label={t("tabs.label")} tabs={tabs} />}>
      <Outlet />
    </Page>
  );
}
