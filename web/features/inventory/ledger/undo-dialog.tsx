import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { undoDocument } from "../movements/movement-documents.ts";
import { inventoryKey, type Movement } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";

/** Only where there is something to take back: an undoing has none of its own, and each is undone once. */
export function UndoButton({
  movement,
  onAsk,
}: {
  readonly movement: Movement;
  readonly onAsk: (movement: Movement) => void;
}) {
  const { t } = useTranslation("inventory");
  if (movement.undoneBy !== null || movement.undoes !== null) return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      aria-label={t("ledger.undoOf", { type: t(`ledger.types.${movement.type}`), name: movement.name })}
      onClick={() => onAsk(movement)}
    >
      {t("ledger.undo")}
    </Button>
  );
}

export interface UndoDialogProps {
  /** Null: closed. */
  readonly movement: Movement | null;
  readonly onClose: () => void;
}

/** Compensation rather than deletion, said before it is done. */
export function UndoDialog({ movement, onClose }: UndoDialogProps) {
  const { t } = useTranslation("inventory");
  return (
    <Modal opened={movement !== null} onClose={onClose} title={t("ledger.undoTitle")}>
      {movement !== null && <UndoForm movement={movement} onDone={onClose} />}
    </Modal>
  );
}

function UndoForm({ movement, onDone }: { readonly movement: Movement; readonly onDone: () => void }) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const [reason, setReason] = useState("");
  const { documentId, name, type, delta, unit } = movement;
  const undo = useAction<string | null, unknown>({
    name: "undo",
    target: () => documentId,
    run: (why) => undoDocument({ id: documentId }, why),
    refreshes: [inventoryKey],
    showsError: true,
    onDone: () => {
      notify({ message: t("movements.undone") });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    undo.mutate(reason.trim() || null);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fw={600}>
          {t(`ledger.types.${type}`)}: {quantity.change(delta, unit)} {name}
        </Text>
        <Text>{t("ledger.undoText")}</Text>
        <TextInput
          label={t("ledger.undoReason")}
          value={reason}
          maxLength={500}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {undo.error !== null && <ErrorPanel error={undo.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button type="submit" loading={undo.isPending}>
            {t("ledger.undoAction")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
