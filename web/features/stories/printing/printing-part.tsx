import { dataOf } from "@bodega/sdk";
import { Button, Checkbox, Group, Progress, Radio, Stack, Text } from "@mantine/core";
import { IconBook2, IconDownload, IconExternalLink, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { useThisStory } from "../story/use-this-story.ts";
import { type Story, type StoryBook, storyKeys } from "../story-queries.ts";
import styles from "./printing.module.css";

interface Wish {
  readonly format: StoryBook["format"];
  readonly bleed: boolean;
  readonly cropMarks: boolean;
}

/** The printed book: its format, how far it is, a look at it, and the file. */
export default function PrintingPart() {
  const { t } = useTranslation("stories");
  const { story } = useThisStory();
  const { book } = story;
  const [wish, setWish] = useState<Wish>({
    format: book?.format ?? "a4",
    bleed: book?.bleed ?? false,
    cropMarks: book?.cropMarks ?? false,
  });
  const printing = useAction({
    name: "print-story",
    target: (wanted: Wish) =>
      `${story.id}-${story.version}-${wanted.format}-${wanted.bleed}-${wanted.cropMarks}-${book?.id ?? ""}-${book?.state ?? ""}-${book?.isCurrent ?? ""}`,
    run: (wanted: Wish, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/stories/{id}/pdf", {
          ...once(idempotencyKey),
          params: { path: { id: story.id } },
          body: wanted,
        }),
      ),
    refreshes: [storyKeys.one(story.id)],
  });
  const isUnderWay = book !== null && (book.state === "queued" || book.state === "printing");
  return (
    <div className={styles.parts}>
      <Panel>
        <Stack>
          <Radio.Group
            label={t("print.format")}
            value={wish.format}
            onChange={(format) => setWish({ ...wish, format: format === "square" ? "square" : "a4" })}
          >
            <Group mt="xs">
              <Radio value="a4" label={t("print.a4")} />
              <Radio value="square" label={t("print.square")} />
            </Group>
          </Radio.Group>
          <Checkbox
            label={t("print.bleed")}
            checked={wish.bleed}
            onChange={({ currentTarget: { checked } }) =>
              setWish({ ...wish, bleed: checked, cropMarks: checked && wish.cropMarks })
            }
          />
          <Checkbox
            label={t("print.cropMarks")}
            checked={wish.cropMarks}
            onChange={({ currentTarget: { checked } }) =>
              setWish({ ...wish, cropMarks: checked, bleed: checked || wish.bleed })
            }
          />
          <Group>
            <Button
              leftSection={<IconPrinter size={16} aria-hidden />}
              loading={printing.isPending}
              disabled={isUnderWay}
              onClick={() => printing.mutate(wish)}
            >
              {book === null ? t("print.make") : t("print.makeAgain")}
            </Button>
          </Group>
        </Stack>
      </Panel>
      <div className={styles.outcome}>
        {book === null && <Text c="dimmed">{t("print.none")}</Text>}
        {isUnderWay && <UnderWay book={book} />}
        {book?.state === "failed" && <Failed book={book} />}
        {book?.state === "done" && <Ready book={book} story={story} />}
      </div>
    </div>
  );
}

function UnderWay({ book }: { readonly book: StoryBook }) {
  const { t } = useTranslation("stories");
  const words = book.state === "queued" ? t("print.queued") : t("print.printing");
  return (
    <div className={styles.progress}>
      <Text role="status">{words}</Text>
      <Progress value={book.progress * 100} aria-label={words} />
    </div>
  );
}

function Failed({ book }: { readonly book: StoryBook }) {
  const { t } = useTranslation("stories");
  return (
    <div role="alert">
      <Text fw={600}>{t("print.failed")}</Text>
      {book.message !== null && (
        <Text size="sm" c="dimmed" lang="en">
          {book.message}
        </Text>
      )}
    </div>
  );
}

function Ready({ book, story }: { readonly book: StoryBook; readonly story: Story }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  if (book.url === null) return <Text role="status">{t("print.expired")}</Text>;
  return (
    <Stack>
      <Group justify="space-between">
        <Text role="status">
          {t("print.ready", { count: book.pageCount ?? 0, size: format.bytes(book.sizeBytes ?? 0) })}
        </Text>
        <Group gap="xs">
          <Button
            component="a"
            href={book.url}
            download={`${fileNameOf(story.title)}.pdf`}
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t("print.download")}
          </Button>
          <Button
            component="a"
            href={book.url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconExternalLink size={16} aria-hidden />}
          >
            {t("print.open")}
          </Button>
          <Button
            component={Link}
            to={`/stories/${story.id}/read`}
            variant="default"
            leftSection={<IconBook2 size={16} aria-hidden />}
          >
            {t("print.preview")}
          </Button>
        </Group>
      </Group>
      {!book.isCurrent && (
        <Text c="dimmed" role="status">
          {t("print.outdated")}
        </Text>
      )}
      {book.notes.length > 0 && (
        <ul className={styles.notes}>
          {book.notes.map(({ code, page }) => (
            <li key={`${code}-${page}`}>{t(`print.notes.${noteOf(code)}`, { page })}</li>
          ))}
        </ul>
      )}
      {/* A phone's browser has no viewer of its own to put here; there the buttons do. */}
      <iframe className={styles.look} src={`${book.url}#view=FitH`} title={t("print.look", { title: story.title })} />
    </Stack>
  );
}

const knownNotes = ["PICTURE_MISSING", "PICTURE_LOW_RESOLUTION", "TEXT_REPLACED"] as const;
const noteOf = (code: string) => knownNotes.find((known) => known === code) ?? ("other" as const);

/** What every system takes for a name. */
function fileNameOf(title: string): string {
  return (
    title
      .replaceAll(/[^\p{L}\p{N} _-]+/gu, "")
      .trim()
      .slice(0, 80) || "cuento"
  );
}
