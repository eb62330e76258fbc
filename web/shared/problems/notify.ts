import { type NotificationData, notifications } from "@mantine/notifications";
import i18next from "i18next";

/** Says something that needs no answer, at the edge of the page. */
export function notify(data: NotificationData): void {
  notifications.show({ closeButtonProps: { "aria-label": i18next.t("save.close", { ns: "shell" }) }, ...data });
}
