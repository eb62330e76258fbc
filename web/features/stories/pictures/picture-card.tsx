import { ActionIcon, Button, Modal, Tooltip } from "@mantine/core";
import { IconArrowsDiff, IconInfoCircle, IconPhoto, IconRefresh, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import type { ImageType, Story, StoryImage, StoryRun } from "../story-queries.ts";
import { useCodeText } from "./code-text.ts";
import styles from "./pictures.module.css";

type Drawn = StoryRun["images"][number];

export interface PictureCardProps {
  readonly story: Story;
  readonly imageType: ImageType;
  readonly picture: StoryImage | null;
  /** What the latest run did or does about it. */
  readonly drawn: Drawn | null;
  readonly isRunning: boolean;
  readonly onAnother: () => void;
  readonly onCompare: () => void;
  readonly onUpload: () => void;
}

/** One picture with who made it and how long that took; before it is there, what is happening instead. */
export function PictureCard(props: PictureCardProps) {
  const { story, imageType, picture, drawn, isRunning, onAnother, onCompare, onUpload } = props;
  const { t } = useTranslation("stories");
  const type = t(`imageTypes.${imageType}`);
  const isBusy = drawn !== null && isRunning && (drawn.state === "drawing" || drawn.state === "queued");
  const hasText = (story.scenes?.[imageType] ?? "").trim() !== "";
  return (
    <li className={styles.card} data-picture={imageType} data-state={drawn?.state ?? (picture ? "done" : "missing")}>
      <div className={styles.frame} style={{ aspectRatio: shapeOf(picture) }} data-busy={isBusy || undefined}>
        {picture === null ? (
          <span className={styles.blank}>
            <IconPhoto size={30} stroke={1.25} aria-hidden />
          </span>
        ) : (
          <Enlargeable picture={picture} type={type} title={story.title} />
        )}
        <StateOf drawn={drawn} isRunning={isRunning} hasPicture={picture !== null} />
      </div>
      <div className={styles.caption}>
        <h3 className={styles.name}>{type}</h3>
        {picture !== null && <MadeBy picture={picture} />}
        {picture !== null && <Notes picture={picture} />}
        {drawn?.state === "failed" && <Failure code={drawn.code} />}
      </div>
      <div className={styles.tools}>
        {picture !== null && (
          <Tooltip
            label={t("picture.sketchSame")}
            disabled={picture.provider !== "sketch" || picture.isStale}
            multiline
            maw={280}
          >
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
              aria-label={t("picture.anotherOf", { type })}
              disabled={isRunning || !hasText}
              onClick={onAnother}
            >
              {t("picture.another")}
            </Button>
          </Tooltip>
        )}
        <span className={styles.small}>
          {picture !== null && (
            <Tooltip label={t("picture.compare", { type })}>
              <ActionIcon variant="subtle" color="gray" aria-label={t("picture.compare", { type })} onClick={onCompare}>
                <IconArrowsDiff size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
          <Tooltip label={t("picture.upload", { type })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("picture.upload", { type })}
              disabled={isRunning}
              onClick={onUpload}
            >
              <IconUpload size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
    </li>
  );
}

/** As wide and high as the picture is; pages are upright until one is there. */
const shapeOf = (picture: StoryImage | null): string => picture?.finalResolution?.replace("x", " / ") ?? "2 / 3";

interface EnlargeableProps {
  readonly picture: StoryImage;
  readonly type: string;
  readonly title: string;
}

function Enlargeable({ picture, type, title }: EnlargeableProps) {
  const { t } = useTranslation("stories");
  const [isLarge, setIsLarge] = useState(false);
  const alt = t("picture.alt", { type, title });
  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-label={t("picture.large", { type })}
        onClick={() => setIsLarge(true)}
      >
        <img key={picture.imageHash ?? picture.version} className={styles.picture} src={picture.url} alt={alt} />
      </button>
      <Modal opened={isLarge} onClose={() => setIsLarge(false)} title={type} size="auto" centered>
        <img className={styles.large} src={picture.url} alt={alt} />
      </Modal>
    </>
  );
}

interface StateOfProps {
  readonly drawn: Drawn | null;
  readonly isRunning: boolean;
  readonly hasPicture: boolean;
}

/** None where the picture is there and nobody works on it. */
function StateOf({ drawn, isRunning, hasPicture }: StateOfProps) {
  const { t } = useTranslation("stories");
  const chip = (tone: "info" | "neutral" | "bad", words: string) => (
    <span className={styles.state} role="status">
      <Chip tone={tone}>{words}</Chip>
    </span>
  );
  if (drawn !== null && isRunning) {
    if (drawn.state === "drawing") {
      return chip(
        "info",
        drawn.provider === null
          ? t("states.drawing")
          : t("states.drawingBy", { provider: t(`providers.${drawn.provider}`) }),
      );
    }
    if (drawn.state === "waiting" || drawn.state === "queued") return chip("neutral", t(`states.${drawn.state}`));
  }
  if (drawn?.state === "failed") return chip("bad", t("states.failed"));
  if (hasPicture) return null;
  return chip("neutral", drawn?.state === "cancelled" ? t("states.cancelled") : t("states.missing"));
}

function MadeBy({ picture: { provider, latencyMs } }: { readonly picture: StoryImage }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  const name = t(`providers.${provider}`);
  return (
    <p className={styles.by}>
      {latencyMs === null || provider === "upload"
        ? t("picture.ownAt", { provider: name })
        : t("picture.at", { provider: name, time: format.duration(latencyMs) })}
    </p>
  );
}

/** What is worth knowing, quietly. */
function Notes({ picture }: { readonly picture: StoryImage }) {
  const { t } = useTranslation("stories");
  const notes = [
    ...(picture.isStale ? [t("picture.stale")] : []),
    ...(picture.fallbackUsed ? [t("picture.fallback")] : []),
    ...(picture.consistencyLost ? [t("picture.consistency")] : []),
    ...(picture.resizedFrom !== null && picture.resizedTo !== null
      ? [t("picture.resized", { from: picture.resizedFrom, to: picture.resizedTo })]
      : []),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>
          <IconInfoCircle size={14} aria-hidden /> {note}
        </li>
      ))}
    </ul>
  );
}

function Failure({ code }: { readonly code: string | null }) {
  const textOf = useCodeText();
  return <p className={styles.failure}>{textOf(code)}</p>;
}
