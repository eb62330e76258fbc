import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { changeLanguage } from "./i18n.ts";
import type { Language } from "./language.ts";
import { useLanguage } from "./use-language.ts";

/** Each language by its own name, one click. */
export function LanguageChoice() {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <SegmentedControl<Language>
      fullWidth
      size="xs"
      aria-label={t("user.language")}
      value={language}
      onChange={(chosen) => void changeLanguage(chosen)}
      data={[
        { value: "es", label: "Español" },
        { value: "en", label: "English" },
      ]}
    />
  );
}
