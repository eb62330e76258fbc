import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared/page/page.tsx";
import { PageTabs } from "../../shared/page/page-tabs.tsx";
import { useMay } from "../../shared/session/me.ts";

export default function SettingsPage() {
  const { t } = useTranslation("settings");
  const mayManage = useMay("operations:manage");
  const tabs = [
    { path: "/settings", label: t("tabs.appearance") },
    ...(mayManage
      ? [
          { path: "/settings/users", label: t("tabs.users") },
          { path: "/settings/shop", label: t("tabs.shop") },
        ]
      : []),
  ];
  return (
    <Page title={t("title")} bar={<PageTabs label={t("tabs.label")} tabs={tabs} />}>
      <Outlet />
    </Page>
  );
}
