import { Notifications as Stack } from "@mantine/notifications";
import styles from "./notifications.module.css";

/** At the lower edge, above the sections of a phone. */
export default function Notifications() {
  return <Stack position="bottom-center" limit={4} autoClose={5000} classNames={{ root: styles.stack ?? "" }} />;
}
