import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { useUserName } from "../../../shared/session/user-name.tsx";
import { type Setting, settingsKeys } from "../queries.ts";
import { ValueField } from "./fields/value-field.tsx";
import { fieldKindOf } from "./fields/value-schema.ts";
import { settingName, settingText, valueText } from "./setting-words.ts";
import styles from "./shop.module.css";

export function SettingRow({ setting, onHistory }: { readonly setting: Setting; readonly onHistory: () => void }) {
  const { t } = useTranslation(["settings", "shell"]);
  const labelId = useId();
  const { key } = setting;
  const [value, setValue] = useState<unknown>(setting.value);
  const isChanged = JSON.stringify(value) !== JSON.stringify(setting.value);
  const change = useAction({
    name: "change-setting",
    target: (wanted: unknown) => `${key} ${JSON.stringify(wanted)} ${setting.updatedAt ?? ""}`,
    run: (wanted, { idempotencyKey }) =>
      client.http.PUT("/v1/operations/settings/{key}", {
        params: { path: { key } },
        body: { value: wanted },
        ...once(idempotencyKey),
      }),
    refreshes: [settingsKeys.settings],
    onDone: () => notifications.show({ message: t("shop.saved") }),
    showsError: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged) change.mutate(value);
  };
  return (
    <form className={styles.row} onSubmit={submit}>
      <div className={styles.words}>
        <Text fw={600} id={labelId}>
          {settingName(key, t)}
        </Text>
        <Text c="dimmed">{settingText(key, setting.description, t)}</Text>
        <p className={styles.origin}>
          <Origin setting={setting} />
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onHistory}>
            {t("shop.history")}
          </Button>
        </p>
      </div>
      <div className={styles.control} data-kind={fieldKindOf(setting.allowed).kind}>
        <ValueField schema={setting.allowed} labelId={labelId} name={key} value={value} onChange={setValue} />
        {isChanged && (
          <Group gap="xs" justify="flex-end" mt="xs">
            <Button size="xs" variant="default" onClick={() => setValue(setting.value)}>
              {t("shell:save.cancel")}
            </Button>
            <Button size="xs" type="submit" loading={change.isPending}>
              {t("shell:save.save")}
            </Button>
          </Group>
        )}
      </div>
      {change.error !== null && (
        <div className={styles.error}>
          <ErrorPanel error={change.error} attempt="writing" isCompact />
        </div>
      )}
      {!setting.isValid && (
        <Text c="red" className={styles.error}>
          {t("shop.invalid")}
        </Text>
      )}
    </form>
  );
}

function Origin({ setting }: { readonly setting: Setting }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const nameOf = useUserName();
  if (!setting.isSet || setting.updatedAt === null) return <span>{t("shop.fallback")}</span>;
  return (
    <span>
      {t("shop.set", { who: nameOf(setting.updatedBy ?? "") })} <RelativeTime at={setting.updatedAt} /> ·{" "}
      {t("shop.fallback")}: {valueText(setting.fallback, t, format.number)}
    </span>
  );
}
