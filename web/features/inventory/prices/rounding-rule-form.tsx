import { dataOf } from "@bodega/sdk";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isZero, readDecimal } from "../../../shared/format/decimal.ts";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import styles from "./rule-form.module.css";

const modes = ["nearest", "up", "down"] as const;
type Mode = (typeof modes)[number];

interface Rule {
  readonly currency: string;
  readonly step: string;
  readonly mode: Mode;
}

/** Sets to multiples of what the prices of a currency are rounded. */
export function RoundingRuleForm() {
  const { t } = useTranslation("inventory");
  const [currency, setCurrency] = useState("ARS");
  const [step, setStep] = useState("");
  const [mode, setMode] = useState<Mode>("nearest");
  const save = useAction({
    name: "rounding-rule",
    target: (rule: Rule) => `${rule.currency} ${rule.step} ${rule.mode}`,
    run: (body, { idempotencyKey }) =>
      dataOf(client.http.PUT("/v1/prices/rules/rounding", { body, ...once(idempotencyKey) })),
    refreshes: [inventoryKey],
    onDone: () => notify({ message: t("prices.ruleSaved"), color: "green" }),
  });
  const read = readDecimal(step, 4);
  const isStep = read !== null && !isZero(read);
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isStep && isCurrency) save.mutate({ currency, step: read, mode });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-label={t("prices.roundingRule")}>
      <TextInput
        label={t("prices.columns.currency")}
        maxLength={3}
        autoCapitalize="characters"
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        error={!isCurrency && t("prices.notACurrency")}
      />
      <TextInput
        label={t("prices.columns.step")}
        inputMode="decimal"
        value={step}
        onChange={(event) => setStep(event.currentTarget.value)}
        error={step !== "" && !isStep && t("prices.notACost")}
      />
      <NativeSelect
        label={t("prices.columns.mode")}
        data={modes.map((value) => ({ value, label: t(`prices.modes.${value}`) }))}
        value={mode}
        onChange={(event) => setMode(modes.find((each) => each === event.currentTarget.value) ?? "nearest")}
      />
      <Button type="submit" variant="light" loading={save.isPending} disabled={!isStep || !isCurrency}>
        {t("prices.saveRule")}
      </Button>
    </form>
  );
}
