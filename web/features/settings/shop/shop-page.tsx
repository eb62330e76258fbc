import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { type Setting, settingsQuery } from "../queries.ts";
import { SettingHistory } from "./setting-history.tsx";
import { SettingRow } from "./setting-row.tsx";
import { groupOf, settingGroups } from "./setting-words.ts";

const route = getRouteApi("/shell/settings/shop");

/** What can be changed while the shop works; typed by what the server allows. */
export default function ShopPage() {
  const { t } = useTranslation("settings");
  const { history } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <Text c="dimmed">{t("shop.text")}</Text>
      <Queried query={useQuery(settingsQuery)}>
        {({ items }) => (
          <>
            {settingGroups.map((group) => {
              const settings = items.filter(({ key }) => groupOf(key) === group);
              return settings.length === 0 ? null : (
                <Panel key={group} title={t(`shop.groups.${group}`)} isFlush>
                  {settings.map((setting: Setting) => (
                    <SettingRow
                      key={`${setting.key} ${setting.updatedAt ?? ""}`}
                      setting={setting}
                      onHistory={() => void navigate({ search: { history: setting.key } })}
                    />
                  ))}
                </Panel>
              );
            })}
          </>
        )}
      </Queried>
      <SettingHistory settingKey={history ?? null} onClose={() => void navigate({ search: {} })} />
    </>
  );
}
