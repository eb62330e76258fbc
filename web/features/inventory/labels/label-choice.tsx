import { Checkbox, Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import type { LabelContent } from "./label.tsx";
import { type LabelFormat, labelFormats, labelsPerPage } from "./label-formats.ts";

export interface LabelChoiceProps {
  readonly format: LabelFormat;
  readonly onFormat: (id: string) => void;
  readonly content: LabelContent;
  readonly onContent: (content: LabelContent) => void;
  readonly startAt: number;
  readonly onStartAt: (place: number) => void;
}

/** On what it is printed, what it says, and where a used sheet goes on. */
export function LabelChoice(props: LabelChoiceProps) {
  const { format, onFormat, content, onContent, startAt, onStartAt } = props;
  const { t } = useTranslation("inventory");
  const numbers = useFormat();
  const formats: readonly LabelFormat[] = labelFormats;
  const sizeOf = ({ width, height }: LabelFormat["label"]) => ({
    width: numbers.number(width),
    height: numbers.number(height),
  });
  const nameOf = ({ name, label, kind, columns, rows }: LabelFormat) => {
    if (kind === "roll") return t("labels.rollName", sizeOf(label));
    const words = t("labels.sheetName", { count: columns * rows, columns, rows, ...sizeOf(label) });
    return name === null ? words : `${name} · ${words}`;
  };
  const measures = t("labels.measures", {
    top: numbers.number(format.top),
    left: numbers.number(format.left),
    x: numbers.number(format.pitch.x),
    y: numbers.number(format.pitch.y),
  });
  const groups = (["sheet", "roll"] as const).map((kind) => ({
    group: t(`labels.kinds.${kind}`),
    items: formats.filter((each) => each.kind === kind).map((each) => ({ value: each.id, label: nameOf(each) })),
  }));
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t("labels.format")}
        {...(format.kind === "sheet" && { description: measures })}
        data={groups}
        value={format.id}
        onChange={(event) => onFormat(event.currentTarget.value)}
      />
      {format.kind === "sheet" && (
        <NumberInput
          label={t("labels.startAt")}
          description={t("labels.startAtHint")}
          min={1}
          max={labelsPerPage(format)}
          clampBehavior="strict"
          allowDecimal={false}
          value={startAt}
          onChange={(value) => onStartAt(Number(value) || 1)}
        />
      )}
      <Group gap="lg">
        <Checkbox
          label={t("labels.price")}
          checked={content.hasPrice}
          onChange={(event) => onContent({ ...content, hasPrice: event.currentTarget.checked })}
        />
        <Checkbox
          label={t("labels.unitPrice")}
          disabled={!content.hasPrice}
          checked={content.hasUnitPrice}
          onChange={(event) => onContent({ ...content, hasUnitPrice: event.currentTarget.checked })}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {t("labels.printHint")}
      </Text>
    </Stack>
  );
}
