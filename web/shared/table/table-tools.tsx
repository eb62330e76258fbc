import { ActionIcon, Checkbox, Popover, Stack, Text } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DensityChoice } from "./density-choice.tsx";
import type { TableView } from "./table-view.ts";

export interface TableToolsProps {
  readonly columns: readonly { readonly id: string; readonly header: string }[];
  readonly view: TableView;
}

/** Which columns, and how close together. */
export function TableTools({ columns, view }: TableToolsProps) {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md" width={240}>
      <Popover.Target>
        <ActionIcon aria-label={t("table.columns")} title={t("table.columns")}>
          <IconAdjustmentsHorizontal size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("table.columns")}>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t("table.density")}
          </Text>
          <DensityChoice />
          <Text size="xs" c="dimmed" mt="xs">
            {t("table.columns")}
          </Text>
          {columns.slice(1).map(({ id, header }) => (
            <Checkbox key={id} size="xs" label={header} checked={view.isShown(id)} onChange={() => view.toggle(id)} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
