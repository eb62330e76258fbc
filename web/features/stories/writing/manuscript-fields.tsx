import { Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type ManuscriptValues, manuscriptFault } from "./manuscript.ts";
import styles from "./writing.module.css";

export interface ManuscriptFieldsProps {
  readonly values: ManuscriptValues;
  readonly onChange: (values: ManuscriptValues) => void;
  /** Whether it says what is missing before anybody has touched it. */
  readonly saysAll: boolean;
}

export function ManuscriptFields({ values, onChange, saysAll }: ManuscriptFieldsProps) {
  const { t } = useTranslation("stories");
  const fault = manuscriptFault(values);
  const set = (change: Partial<ManuscriptValues>) => onChange({ ...values, ...change });
  return (
    <div className={styles.fields}>
      <TextInput
        label={t("fields.title")}
        value={values.title}
        maxLength={300}
        required
        error={saysAll && fault === "title" ? t("fields.titleMissing") : null}
        onChange={({ currentTarget: { value } }) => set({ title: value })}
      />
      <Group grow align="flex-start" preventGrowOverflow={false} className={styles.row}>
        <TextInput
          label={t("fields.author")}
          description={t("fields.authorHint")}
          value={values.author}
          maxLength={200}
          onChange={({ currentTarget: { value } }) => set({ author: value })}
        />
        <NativeSelect
          label={t("fields.language")}
          description={<>&nbsp;</>}
          value={values.language}
          data={[
            { value: "es", label: t("fields.spanish") },
            { value: "en", label: t("fields.english") },
          ]}
          onChange={({ currentTarget: { value } }) => set({ language: value === "en" ? "en" : "es" })}
        />
        <TextInput
          label={t("fields.region")}
          description={t("fields.regionHint")}
          value={values.region}
          maxLength={2}
          autoCapitalize="characters"
          error={fault === "region" ? t("fields.regionWrong") : null}
          onChange={({ currentTarget: { value } }) => set({ region: value })}
        />
      </Group>
      <Textarea
        label={t("fields.content")}
        description={t("fields.contentHint")}
        value={values.content}
        maxLength={200_000}
        autosize
        minRows={8}
        maxRows={22}
        onChange={({ currentTarget: { value } }) => set({ content: value })}
      />
    </div>
  );
}
