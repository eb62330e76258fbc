import { Notifications as Stack } from "@mantine/notifications";

/** At the lower edge, above the sections of a phone. */
export default function Notifications() {
  return <Stack position="bottom-right" limit={4} autoClose={5000} />;
}
