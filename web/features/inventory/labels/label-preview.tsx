import { ActionIcon, Group, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { labelsPerPage } from "./label-formats.ts";
import { labelPages } from "./label-pages.ts";
import styles from "./label-preview.module.css";
import { LabelSheet } from "./label-sheet.tsx";
import type { PrintedSheetsProps } from "./printed-sheets.tsx";

/** A CSS pixel is 1/96 of an inch. */
const pixelsPerMm = 96 / 25.4;

/** A page as it will be, smaller where there is less room, and how much smaller. */
export function LabelPreview({ pages, ...sheet }: PrintedSheetsProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const { ref, width } = useElementSize();
  const [wanted, setWanted] = useState(0);
  const index = Math.min(wanted, Math.max(0, pages.length - 1));
  const { page } = sheet.format;
  const scale = Math.min(1.6, width / (page.width * pixelsPerMm));
  const places = labelPages(Array.from({ length: labelsPerPage(sheet.format) }), sheet.format, 1)[0] ?? [];
  const name = t("labels.page", { page: format.number(index + 1), count: pages.length || 1 });
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <Text size="sm" c="dimmed">
          {t("labels.scale", { name, scale: format.percent(Math.round(scale * 100) / 100) })}
        </Text>
        {pages.length > 1 && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon aria-label={t("labels.previous")} disabled={index === 0} onClick={() => setWanted(index - 1)}>
              <IconChevronLeft size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={t("labels.next")}
              disabled={index >= pages.length - 1}
              onClick={() => setWanted(index + 1)}
            >
              <IconChevronRight size={16} aria-hidden />
            </ActionIcon>
          </Group>
        )}
      </figcaption>
      <div ref={ref} className={styles.room} style={{ height: page.height * pixelsPerMm * scale }}>
        <div className={styles.paper} style={{ transform: `scale(${scale})` }}>
          {places.map(({ place, top, left }) => (
            <div
              key={place}
              className={styles.place}
              style={{
                top: `${top}mm`,
                left: `${left}mm`,
                width: `${sheet.format.label.width}mm`,
                height: `${sheet.format.label.height}mm`,
              }}
            />
          ))}
          <div className={styles.printed}>
            <LabelSheet page={pages[index] ?? []} {...sheet} />
          </div>
        </div>
      </div>
    </figure>
  );
}
