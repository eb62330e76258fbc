import { Anchor, Button, Group, Stack, Switch, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { ScanFeedback } from "./scan-feedback.ts";
import { useScannerChoice } from "./scanner-choice.ts";

/** Sound and vibration of this device, and where the shop says what its scales print. */
export function ScannerSettings({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("inventory");
  const [choice, setChoice] = useScannerChoice();
  const maySet = useMay("operations:manage");
  const feedback = useMemo(() => new ScanFeedback(), []);
  useEffect(() => () => feedback.close(), [feedback]);
  const sound = { hasSound: true, hasVibration: choice.hasVibration };
  return (
    <Sheet title={t("scan.settings")} isOpen={isOpen} onClose={onClose}>
      <Stack gap="md">
        <Switch
          label={t("scan.sound")}
          checked={choice.hasSound}
          onChange={({ currentTarget }) => setChoice({ ...choice, hasSound: currentTarget.checked })}
        />
        <Switch
          label={t("scan.vibration")}
          checked={choice.hasVibration}
          onChange={({ currentTarget }) => setChoice({ ...choice, hasVibration: currentTarget.checked })}
        />
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => feedback.give("good", sound)}>
            {t("scan.tryGood")}
          </Button>
          <Button size="xs" variant="default" onClick={() => feedback.give("bad", sound)}>
            {t("scan.tryBad")}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {t("scan.onThisDevice")} {t("scan.scalesHint")}{" "}
          {maySet && (
            <Anchor component={Link} to="/settings/shop" size="xs">
              {t("scan.scales")}
            </Anchor>
          )}
        </Text>
      </Stack>
    </Sheet>
  );
}
