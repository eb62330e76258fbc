import type { Product } from "@bodega/sdk";
import { Button, CloseButton, Progress } from "@mantine/core";
import { IconDownload, IconEye, IconEyeOff, IconRefresh, IconTags, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import styles from "./bulk-bar.module.css";
import type { BulkActions } from "./use-bulk-actions.ts";
import type { Selection } from "./use-selection.ts";

export interface BulkBarProps {
  readonly products: readonly Product[];
  readonly selection: Selection;
  readonly actions: BulkActions;
}

/** As many products as the page of labels takes from an address. */
const labelledMax = 200;

/** What can be done with the selection; while it is being done, how far it is; before a deletion, the way back. */
export function BulkBar({ products, selection, actions }: BulkBarProps) {
  const { t } = useTranslation("catalog");
  const { t: shell } = useTranslation("shell");
  const format = useFormat();
  const count = selection.ids.size;
  const { running, pendingDeletion } = actions;
  if (running !== null) {
    return (
      <div className={styles.bar} role="status">
        <span className={styles.words}>
          {t("bulk.working", { done: format.number(running.done), count: running.count })}
        </span>
        <Progress
          className={styles.progress}
          value={(running.done / running.count) * 100}
          aria-label={t("bulk.working", { done: format.number(running.done), count: running.count })}
        />
        <Button variant="default" size="compact-sm" onClick={running.stop}>
          {shell("waiting.cancel")}
        </Button>
      </div>
    );
  }
  if (pendingDeletion !== null) {
    return (
      <div className={styles.bar} role="alert">
        <span className={styles.words}>
          {t("bulk.pending", { count: pendingDeletion.count })}{" "}
          <span className={styles.hint}>{t("bulk.pendingHint")}</span>
        </span>
        <Button variant="default" onClick={pendingDeletion.undo} data-autofocus>
          {t("bulk.undo")} · {pendingDeletion.secondsLeft} s
        </Button>
        <Button color="red" variant="subtle" onClick={pendingDeletion.now}>
          {t("bulk.now")}
        </Button>
      </div>
    );
  }
  if (count === 0) return null;
  const chosen = products.filter(({ id }) => selection.ids.has(id));
  return (
    <section className={styles.bar} aria-label={t("bulk.selected", { count })}>
      <CloseButton aria-label={t("bulk.none")} onClick={selection.clear} />
      <span className={styles.words} aria-live="polite">
        {t("bulk.selected", { count })}{" "}
        {count < products.length && (
          <Button size="compact-xs" variant="subtle" onClick={() => selection.replace(products.map(({ id }) => id))}>
            {t("bulk.all", { count: products.length })}
          </Button>
        )}
      </span>
      <Action icon={IconRefresh} label={t("bulk.regenerate")} onClick={() => actions.regenerate(chosen)} />
      <Action icon={IconEye} label={t("bulk.activate")} onClick={() => actions.setActive(chosen, true)} />
      <Action icon={IconEyeOff} label={t("bulk.deactivate")} onClick={() => actions.setActive(chosen, false)} />
      {count <= labelledMax && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTags size={15} aria-hidden />}
          renderRoot={(props) => (
            <Link to="/inventory/labels" search={{ products: chosen.map(({ id }) => id).join(",") }} {...props} />
          )}
        >
          {t("bulk.labels")}
        </Button>
      )}
      <Action icon={IconDownload} label={t("bulk.export")} onClick={() => actions.exportCsv(chosen)} />
      <Action icon={IconTrash} label={t("bulk.remove")} color="red" onClick={() => actions.remove(chosen)} />
    </section>
  );
}

interface ActionProps {
  readonly icon: typeof IconTrash;
  readonly label: string;
  readonly color?: string;
  readonly onClick: () => void;
}

function Action({ icon: Glyph, label, color, onClick }: ActionProps) {
  return (
    <Button
      size="compact-sm"
      variant={color === undefined ? "default" : "light"}
      {...(color !== undefined && { color })}
      leftSection={<Glyph size={15} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
