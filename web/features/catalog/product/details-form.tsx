import { BodegaError, type Product, type ProductChange, type ProductFormValues, productFormFields } from "@bodega/sdk";
import { useProductForm } from "@bodega/sdk/react";
import { Button, Group, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import styles from "./details-form.module.css";
import { brokenRule } from "./field-rules.ts";
import { useFieldText } from "./field-text.ts";
import { ProductFields } from "./product-fields.tsx";
import { type CancelOutcome, isConflict, type SaveConflict, useSave } from "./use-save.ts";

export interface DetailsFormProps {
  readonly product: Product;
  readonly etag: string;
}

/**
 * What a product is. Fields that nobody has touched follow what others save; those that somebody has are theirs until
 * they save or discard them.
 */
export function DetailsForm({ product, etag }: DetailsFormProps) {
  const { t } = useTranslation("catalog");
  const { t: shell } = useTranslation("shell");
  const form = useProductForm(product);
  const save = useSave(product.id);
  const textOf = useFieldText();
  const mayWrite = useMay("catalog:write");
  const [conflict, setConflict] = useState<SaveConflict | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [savesAll, setSavesAll] = useState(false);
  // A form that was touched is against what was read when it was opened, whatever was read since.
  const [openedEtag, setOpenedEtag] = useState(etag);
  const isTouched = form.touchedFields.length > 0;
  if (!isTouched && openedEtag !== etag) setOpenedEtag(etag);
  const isBroken = productFormFields.some((field) => brokenRule(field, form.values[field]) !== null);
  const isBusy = save.isPending || isAsking;

  const send = (change: ProductChange, base: ProductFormValues, tag: string) => {
    save.mutate(
      { change, base, etag: tag },
      {
        onSuccess: (saved) => {
          if (isConflict(saved)) return setConflict(saved);
          finish(saved);
        },
      },
    );
  };
  const finish = (saved: Product) => {
    setConflict(null);
    setSavesAll(false);
    form.reset(saved);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSavesAll(true);
    if (isBroken || isBusy || form.change === null) return;
    send(form.change, form.base, openedEtag);
  };
  const cancel = async () => {
    if (save.variables === undefined) return;
    setIsAsking(true);
    try {
      tellCancelled(await save.cancel(save.variables), t, finish);
    } catch (error) {
      notifyError(error);
    } finally {
      setIsAsking(false);
    }
  };

  const changedByOthers = Object.fromEntries(form.conflicts.map((field) => [field, textOf(field, product[field])]));
  return (
    <form onSubmit={submit} noValidate aria-label={t("product.details")}>
      <ProductFields
        values={form.values}
        set={form.set}
        isReadOnly={!mayWrite}
        saysAll={savesAll}
        touched={form.touchedFields}
        changedByOthers={changedByOthers}
        refused={refusedFields(save.error)}
      />
      {save.error !== null && !isAborted(save.error) && !isBusy && (
        <ErrorPanel
          error={save.error}
          attempt="writing"
          isCompact
          {...(save.variables !== undefined && { onRetry: () => save.variables && save.mutate(save.variables) })}
        />
      )}
      {isBusy && (
        <Waiting
          label={isAsking ? shell("waiting.checking") : t("product.saving")}
          {...(!isAsking && { onCancel: () => void cancel() })}
        />
      )}
      {mayWrite && (
        <div className={styles.foot} data-touched={isTouched || undefined}>
          <Text c="dimmed" role="status">
            {isTouched ? t("product.unsaved") : save.isSuccess ? t("product.saved") : ""}
          </Text>
          <Group gap="xs">
            {isTouched && (
              <Button variant="subtle" color="gray" onClick={() => form.reset(product)} disabled={isBusy}>
                {t("product.discard")}
              </Button>
            )}
            <Button type="submit" loading={isBusy} disabled={form.change === null}>
              {t("product.save")}
            </Button>
          </Group>
        </div>
      )}
      {conflict !== null && (
        <ConflictDialog
          conflict={conflict}
          onClose={() => setConflict(null)}
          onChoose={(change, { theirs, etag: tag }) => {
            if (Object.keys(change).length === 0) return finish(theirs);
            send(change, { ...theirs }, tag);
          }}
        />
      )}
    </form>
  );
}

function tellCancelled(
  outcome: CancelOutcome,
  t: ReturnType<typeof useTranslation<"catalog">>["t"],
  finish: (product: Product) => void,
): void {
  if (outcome.kind === "nothing") {
    notify({ message: t("product.cancelled.none") });
    return;
  }
  finish(outcome.product);
  const undo = () => outcome.undo().then(finish, notifyError);
  notify({
    message: (
      <Group justify="space-between" wrap="nowrap">
        {t("product.cancelled.saved")}
        <Button size="compact-sm" variant="default" onClick={() => void undo()}>
          {t("product.cancelled.undo")}
        </Button>
      </Group>
    ),
    autoClose: 12_000,
  });
}

const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

/** What the server says of single fields, in its own words. */
function refusedFields(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof BodegaError)) return {};
  const named = error.errors.flatMap(({ path, message }) =>
    typeof path === "string" && typeof message === "string" ? [[path, message] as const] : [],
  );
  return Object.fromEntries(named);
}
