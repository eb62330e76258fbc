import { useNotifications } from "@mantine/notifications";
import { lazy, Suspense } from "react";

const Notifications = lazy(() => import("./notifications.tsx"));

/** Most pages never notify: what shows notifications comes with the first one, which waits in the store for it. */
export function NotificationsWhenNeeded() {
  const { notifications, queue } = useNotifications();
  if (notifications.length + queue.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Notifications />
    </Suspense>
  );
}
