import { useTranslation } from "react-i18next";
import { Chip } from "../../../shared/page/chip.tsx";
import type { StockLevel } from "./inventory-queries.ts";

/** A word where there is something to say: that nothing is free, or little. */
export function StockState({ state }: Pick<StockLevel, "state">) {
  const { t } = useTranslation("inventory");
  if (state === "ok") return null;
  return <Chip tone={state === "out" ? "bad" : "warning"}>{t(`shared.states.${state}`)}</Chip>;
}
