import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Light, dark, or as the system says; kept in this browser. */
export function ThemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl<"light" | "dark" | "auto">
      fullWidth
      size="xs"
      aria-label={t("user.theme")}
      value={colorScheme}
      onChange={setColorScheme}
      data={[
        { value: "light", label: t("user.light") },
        { value: "dark", label: t("user.dark") },
        { value: "auto", label: t("user.auto") },
      ]}
    />
  );
}
