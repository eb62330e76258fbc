import { useTranslation } from "react-i18next";
import { PageTabs } from "../../shared/page/page-tabs.tsx";
import { useMay } from "../../shared/session/me.ts";

/** Only who manages the shop sees what pictures cost. */
export function StoryTabs() {
  const { t } = useTranslation("stories");
  const isManager = useMay("operations:manage");
  if (!isManager) return null;
  const tabs = [
    { path: "/stories", label: t("tabs.stories") },
    { path: "/stories/figures", label: t("tabs.providers") },
  ];
  return <PageTabs label={t("tabs.label")} tabs={tabs} />;
}
