import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { ConfirmDialog } from "../../../shared/page/confirm-dialog.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { type CountDraft, draftStore } from "./draft-store.ts";
import styles from "./kept-counts.module.css";
import { scopeName } from "./scope-name.ts";

const keptKey = ["inventory", "count-drafts"];

export interface KeptCountsProps {
  /** The last one was discarded, and the focus with it. */
  readonly onNoneLeft: () => void;
}

/** Counts that were begun in this browser and are neither booked nor discarded. */
export function KeptCounts({ onNoneLeft }: KeptCountsProps) {
  const { t } = useTranslation("inventory");
  const queryClient = useQueryClient();
  const list = useRef<HTMLUListElement>(null);
  const [doomed, setDoomed] = useState<CountDraft | null>(null);
  const { data = [] } = useQuery({ queryKey: keptKey, queryFn: () => draftStore().drafts(), staleTime: 0 });
  const discard = useMutation({
    mutationFn: ({ id }: CountDraft) => draftStore().discard(id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keptKey }),
    onError: notifyError,
    onSettled: () => setDoomed(null),
  });
  // A row that is gone took the focus with it.
  const placeFocus = () => {
    if (document.activeElement !== document.body) return;
    const next = list.current?.querySelector("a");
    if (next == null) onNoneLeft();
    else next.focus();
  };
  return (
    <>
      {data.length > 0 && (
        <Panel title={t("counts.going")}>
          <ul ref={list} className={styles.list}>
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
                    aria-label={t("counts.discardOf", {
                      location: draft.locationName,
                      scope: scopeName(draft.category, t),
                    })}
                    onClick={() => setDoomed(draft)}
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
      )}
      <ConfirmDialog
        isOpen={doomed !== null}
        title={t("counts.discardTitle")}
        keep={t("counts.discardKeep")}
        onKeep={() => setDoomed(null)}
        act={t("counts.discard")}
        onAct={() => doomed !== null && discard.mutate(doomed)}
        isFinal
        isBusy={discard.isPending}
        onGone={placeFocus}
      >
        <Text>{t("counts.discardText")}</Text>
      </ConfirmDialog>
    </>
  );
}
