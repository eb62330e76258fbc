import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Density, useDensity } from "./density.ts";

/** How close together rows are, in every table. */
export function DensityChoice() {
  const { t } = useTranslation();
  const [density, setDensity] = useDensity();
  return (
    <SegmentedControl<Density>
      size="xs"
      fullWidth
      aria-label={t("table.density")}
      value={density}
      onChange={setDensity}
      data={[
        { value: "comfortable", label: t("table.comfortable") },
        { value: "compact", label: t("table.compact") },
      ]}
    />
  );
}
