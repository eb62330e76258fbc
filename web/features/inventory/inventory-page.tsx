import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared/page/page.tsx";
import { PageTabs } from "../../shared/page/page-tabs.tsx";
import { may, useMe } from "../../shared/session/me.ts";
import { ScanDeskProvider } from "./scan/scan-desk-provider.tsx";
import { useStockEvents } from "./shared/use-stock-events.ts";

/** The frame of the parts of Existencias: what a role may not do has no tab, and a scan is heard on all of them. */
export default function InventoryPage() {
  const { t } = useTranslation("inventory");
  const me = useMe();
  useStockEvents();
  const tabs = [
    { path: "/inventory", label: t("tabs.stock"), permission: "stock:read" },
    { path: "/inventory/movements", label: t("tabs.movements"), permission: "stock:read" },
    { path: "/inventory/reservations", label: t("tabs.reservations"), permission: "stock:reserve" },
    { path: "/inventory/counts", label: t("tabs.counts"), permission: "stock:write" },
    { path: "/inventory/orders", label: t("tabs.orders"), permission: "stock:write" },
    { path: "/inventory/prices", label: t("tabs.prices"), permission: "catalog:read" },
    { path: "/inventory/labels", label: t("tabs.labels"), permission: "catalog:read" },
    { path: "/inventory/tasks", label: t("tabs.tasks"), permission: "stock:reserve" },
  ].filter(({ permission }) => may(me, permission));
  return (
    <Page title={t("title")} isWide bar={<PageTabs label={t("tabs.label")} tabs={tabs} />}>
      <ScanDeskProvider>
        <Outlet />
      </ScanDeskProvider>
    </Page>
  );
}
