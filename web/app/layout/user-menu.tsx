import { Text, UnstyledButton } from "@mantine/core";
import { type Icon, IconBook2, IconKeyboard, IconLogout, IconUser } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { LanguageChoice } from "../../shared/i18n/language-choice.tsx";
import { notifyError } from "../../shared/problems/notify-error.tsx";
import { client } from "../../shared/server/client.ts";
import { useMe } from "../../shared/session/me.ts";
import { ThemeChoice } from "../../shared/theme/theme-choice.tsx";
import { type Overlay, showOverlay } from "./overlays.ts";
import styles from "./user-menu.module.css";

/** The platform's own popover: it closes by Esc and by a click beside it, and gives the focus back. */
export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const shown = me.email ?? me.userId;
  const signOut = useMutation({ mutationFn: () => client.session.signOut(), onError: notifyError });
  const close = () => panel.current?.hidePopover();
  const show = (overlay: Overlay) => {
    close();
    showOverlay(overlay);
  };
  return (
    <div>
      <button type="button" className={styles.target} popoverTarget={id} aria-label={`${t("user.menu")}: ${shown}`}>
        <span aria-hidden>{shown.slice(0, 2).toUpperCase()}</span>
      </button>
      <div ref={panel} id={id} popover="auto" role="dialog" aria-label={t("user.menu")} className={styles.panel}>
        <div className={styles.who}>
          <Text fw={600} truncate>
            {shown}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`roles.${me.role}`)}
          </Text>
        </div>
        <Choices />
        <div className={styles.items}>
          <Item icon={IconUser} label={t("user.profile")} onPick={() => show("profile")} />
          <Item icon={IconKeyboard} label={t("user.help")} onPick={() => show("help")} />
          <UnstyledButton className={styles.item} component="a" href="/docs" target="_blank" onClick={close}>
            <IconBook2 size={16} aria-hidden />
            {t("user.apiDocs")}
          </UnstyledButton>
        </div>
        <div className={styles.items}>
          <Item
            icon={IconLogout}
            label={t("user.signOut")}
            isDisabled={signOut.isPending}
            onPick={() => signOut.mutate()}
          />
        </div>
      </div>
    </div>
  );
}

interface ItemProps {
  readonly icon: Icon;
  readonly label: string;
  readonly onPick: () => void;
  readonly isDisabled?: boolean;
}

function Item({ icon: Glyph, label, onPick, isDisabled = false }: ItemProps) {
  return (
    <UnstyledButton className={styles.item} onClick={onPick} disabled={isDisabled}>
      <Glyph size={16} aria-hidden />
      {label}
    </UnstyledButton>
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
