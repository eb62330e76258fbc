import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export interface OutdatedNoticeProps {
  readonly count: number;
  readonly onShow: () => void;
}

/** Stock moved while it was being counted: what happened, what was kept, what to do. */
export function OutdatedNotice({ count, onShow }: OutdatedNoticeProps) {
  const { t } = useTranslation("inventory");
  return (
    <Alert
      role="alert"
      color="yellow"
      m="md"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={t("counts.outdated", { count })}
    >
      <Group justify="space-between">
        <Text size="sm">{t("counts.outdatedText")}</Text>
        <Button size="compact-sm" variant="default" onClick={onShow}>
          {t("counts.showMoved")}
        </Button>
      </Group>
    </Alert>
  );
}
