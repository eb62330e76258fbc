import { dataOf } from "@bodega/sdk";
import { Autocomplete, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { compareDecimals } from "../../../shared/format/decimal.ts";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { readPercent } from "./read-percent.ts";
import styles from "./rule-form.module.css";

export interface MarginRuleFormProps {
  readonly margins: readonly {
    readonly category: string;
    readonly minimumPercent: string;
    readonly suggestedPercent: string;
  }[];
}

/** Sets the margins of a category; without one, of all that have none of their own. */
export function MarginRuleForm({ margins }: MarginRuleFormProps) {
  const { t } = useTranslation("inventory");
  const [category, setCategory] = useState("");
  const [minimum, setMinimum] = useState("");
  const [suggested, setSuggested] = useState("");
  const facets = useQuery({
    queryKey: ["inventory", "categories"],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/products/facets", { signal })),
  });
  const choose = (name: string) => {
    setCategory(name);
    const rule = margins.find((each) => each.category === name.trim());
    if (rule === undefined) return;
    setMinimum(rule.minimumPercent);
    setSuggested(rule.suggestedPercent);
  };
  const save = useAction({
    name: "margin-rule",
    target: (rule: { readonly category: string; readonly minimumPercent: string; readonly suggestedPercent: string }) =>
      `${rule.category} ${rule.minimumPercent} ${rule.suggestedPercent}`,
    run: (body, { idempotencyKey }) =>
      dataOf(client.http.PUT("/v1/prices/rules/margin", { body, ...once(idempotencyKey) })),
    refreshes: [inventoryKey],
    onDone: () => notify({ message: t("prices.ruleSaved"), color: "green" }),
  });
  const [low, high] = [readPercent(minimum), readPercent(suggested)];
  const isUpsideDown = low !== null && high !== null && compareDecimals(high, low) < 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (low === null || high === null || isUpsideDown) return;
    save.mutate({ category: category.trim(), minimumPercent: low, suggestedPercent: high });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-label={t("prices.marginRule")}>
      <Autocomplete
        label={t("prices.columns.category")}
        placeholder={t("prices.otherCategories")}
        data={facets.data?.categories ?? []}
        maxLength={100}
        value={category}
        onChange={choose}
      />
      <TextInput
        label={t("prices.columns.minimum")}
        inputMode="decimal"
        rightSection="%"
        value={minimum}
        onChange={(event) => setMinimum(event.currentTarget.value)}
        error={minimum !== "" && low === null && t("prices.notAMargin")}
      />
      <TextInput
        label={t("prices.columns.suggested")}
        inputMode="decimal"
        rightSection="%"
        value={suggested}
        onChange={(event) => setSuggested(event.currentTarget.value)}
        error={
          (suggested !== "" && high === null && t("prices.notAMargin")) || (isUpsideDown && t("prices.upsideDown"))
        }
      />
      <Button
        type="submit"
        variant="light"
        loading={save.isPending}
        disabled={low === null || high === null || isUpsideDown}
      >
        {t("prices.saveRule")}
      </Button>
    </form>
  );
}
