import { Button, Group, Text } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { inventoryKey, type MovementDocument } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import styles from "./done-document.module.css";
import { undoDocument } from "./movement-documents.ts";

export interface DoneDocumentProps {
  readonly document: MovementDocument;
  readonly onUndone: () => void;
}

/** What was just done, in its own words, with the way back. */
export function DoneDocument({ document, onUndone }: DoneDocumentProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const undo = useAction<void, MovementDocument>({
    name: "undo",
    target: () => document.id,
    run: () => undoDocument(document),
    refreshes: [inventoryKey],
    onDone: () => {
      notify({ message: t("movements.undone") });
      onUndone();
    },
  });
  const { movements } = document;
  return (
    <section className={styles.done} aria-label={t("movements.doneLabel")} role="status">
      <IconCheck size={20} aria-hidden className={styles.glyph} />
      <div className={styles.words}>
        <Text fw={600}>{t("movements.done", { count: movements.length })}</Text>
        <ul className={styles.list}>
          {movements.slice(0, 5).map(({ id, name, delta, unit, balanceAfter, locationCode }) => (
            <li key={id}>
              {t("movements.doneLine", {
                name,
                change: quantity.change(delta, unit),
                location: locationCode,
                balance: quantity.amount(balanceAfter, unit),
              })}
            </li>
          ))}
        </ul>
      </div>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          loading={undo.isPending}
          onClick={() => undo.mutate()}
        >
          {t("movements.undo")}
        </Button>
        <Link className={styles.link} to="/inventory/movements" search={{ document: document.id }}>
          {t("movements.seeInLedger")}
        </Link>
      </Group>
    </section>
  );
}
