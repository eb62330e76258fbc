import { Button } from "@mantine/core";
import { IconClipboardOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../shared/page/empty.tsx";
import { Panel } from "../../../shared/page/panel.tsx";

/** An address that leads to a count of another browser, or to one that was booked or discarded. */
export function NoSuchCount() {
  const { t } = useTranslation("inventory");
  return (
    <Panel>
      <Empty
        icon={IconClipboardOff}
        title={t("counts.gone")}
        action={
          <Button component={Link} to="/inventory/counts" variant="default">
            {t("counts.back")}
          </Button>
        }
      >
        {t("counts.goneText")}
      </Empty>
    </Panel>
  );
}
