import { Avatar, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconBook2, IconKeyboard, IconLogout, IconUser } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LanguageChoice } from "../../shared/i18n/language-choice.tsx";
import { notifyError } from "../../shared/problems/notify-error.tsx";
import { client } from "../../shared/server/client.ts";
import { useMe } from "../../shared/session/me.ts";
import { ThemeChoice } from "../../shared/theme/theme-choice.tsx";
import { showOverlay } from "./overlays.ts";
import styles from "./user-menu.module.css";

export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const shown = me.email ?? me.userId;
  const signOut = useMutation({ mutationFn: () => client.session.signOut(), onError: notifyError });
  return (
    <Menu position="bottom-end" width={264}>
      <Menu.Target>
        <UnstyledButton className={styles.target} aria-label={t("user.menu")}>
          <Avatar size={32} radius={8} color="green" aria-hidden>
            {shown.slice(0, 2).toUpperCase()}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <Text fw={600} truncate>
            {shown}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`roles.${me.role}`)}
          </Text>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => showOverlay("profile")}>
          {t("user.profile")}
        </Menu.Item>
        <Menu.Divider />
        <Choices />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={() => showOverlay("help")}>
          {t("user.help")}
        </Menu.Item>
        <Menu.Item leftSection={<IconBook2 size={16} aria-hidden />} component="a" href="/docs" target="_blank">
          {t("user.apiDocs")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {t("user.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Language and theme, one click each. */
function Choices() {
  const { t } = useTranslation();
  return (
    <div className={styles.choices}>
      <Text size="xs" c="dimmed" aria-hidden>
        {t("user.language")}
      </Text>
      <LanguageChoice />
      <Text size="xs" c="dimmed" aria-hidden>
        {t("user.theme")}
      </Text>
      <ThemeChoice />
    </div>
  );
}
