import { MantineThemeProvider } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";

/** The words of the library's own buttons, in the present language. */
export function WordedTheme({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const theme = useMemo(() => {
    const closes = { defaultProps: { closeButtonProps: { "aria-label": t("save.close") } } };
    const shows = { defaultProps: { visibilityToggleButtonProps: { "aria-label": t("password.show") } } };
    return { components: { Notification: closes, Modal: closes, Drawer: closes, PasswordInput: shows } };
  }, [t]);
  return <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>;
}
