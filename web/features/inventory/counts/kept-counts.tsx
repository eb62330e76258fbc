import { Button, Group, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { type CountDraft, draftStore } from "./draft-store.ts";
import styles from "./kept-counts.module.css";
import { scopeName } from "./scope-name.ts";

const keptKey = ["inventory", "count-drafts"];

/** Counts that were begun in this browser and are neither booked nor discarded. */
export function KeptCounts() {
  const { t } = useTranslation("inventory");
  const queryClient = useQueryClient();
  const { data = [] } = useQuery({ queryKey: keptKey, queryFn: () => draftStore().drafts(), staleTime: 0 });
  if (data.length === 0) return null;
  const discard = ({ id }: CountDraft) =>
    draftStore()
      .discard(id)
      .then(() => queryClient.invalidateQueries({ queryKey: keptKey }))
      .catch(notifyError);
  return (
    <Panel title={t("counts.going")}>
      <ul className={styles.list}>
        {data.map((draft) => (
          <li key={draft.id} className={styles.item}>
            <div>
              <Text fw={600}>{draft.locationName}</Text>
              <Text size="sm" c="dimmed">
                {scopeName(draft.category, t)} · <RelativeTime at={draft.startedAt} />
              </Text>
            </div>
            <Group gap="xs">
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                onClick={() => window.confirm(t("counts.discardSure")) && void discard(draft)}
              >
                {t("counts.discard")}
              </Button>
              <Button
                size="compact-sm"
                variant="light"
                renderRoot={(props) => <Link to="/inventory/counts" search={{ draft: draft.id }} {...props} />}
              >
                {t("counts.goOn")}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
