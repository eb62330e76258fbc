import { ActionIcon, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { useThisStory } from "../story/use-this-story.ts";
import type { Story, StoryImage } from "../story-queries.ts";
import { type Spread, spreadsOf } from "./book-pages.ts";
import styles from "./reading.module.css";

/** How far a finger goes to turn a page. */
const swipeMin = 48;

/** The book, to be turned before it is printed: by arrows, keys or a finger. */
export default function ReadingPart() {
  const { t } = useTranslation("stories");
  const { story } = useThisStory();
  const spreads = spreadsOf(story);
  const [at, setAt] = useState(0);
  const [direction, setDirection] = useState<"on" | "back">("on");
  const turn = (step: number) => {
    const next = Math.max(0, Math.min(spreads.length - 1, at + step));
    if (next === at) return;
    setDirection(next > at ? "on" : "back");
    setAt(next);
  };
  useShortcut("ArrowRight", () => turn(1));
  useShortcut("ArrowLeft", () => turn(-1));
  useShortcut("Home", () => turn(-spreads.length));
  useShortcut("End", () => turn(spreads.length));
  const swipe = useSwipe((step) => turn(step));
  const spread = spreads[at];
  if (spread === undefined) return null;
  return (
    <section className={styles.reader} aria-label={t("read.label")}>
      <div className={styles.table}>
        <Turn direction="back" isEnd={at === 0} onTurn={() => turn(-1)} />
        <article
          key={at}
          className={styles.book}
          data-kind={spread.kind}
          data-direction={direction}
          lang={story.language}
          {...swipe}
        >
          <Leaves spread={spread} story={story} />
        </article>
        <Turn direction="on" isEnd={at === spreads.length - 1} onTurn={() => turn(1)} />
      </div>
      <Text className={styles.place} role="status" aria-live="polite">
        {t("read.place", { page: at + 1, total: spreads.length })}
      </Text>
      <Text className={styles.hint}>{t("read.hint")}</Text>
    </section>
  );
}

interface TurnProps {
  readonly direction: "on" | "back";
  readonly isEnd: boolean;
  readonly onTurn: () => void;
}

function Turn({ direction, isEnd, onTurn }: TurnProps) {
  const { t } = useTranslation("stories");
  const Glyph = direction === "on" ? IconChevronRight : IconChevronLeft;
  return (
    <ActionIcon
      className={styles.turn}
      variant="subtle"
      color="gray"
      size={44}
      disabled={isEnd}
      aria-label={t(direction === "on" ? "read.next" : "read.previous")}
      onClick={onTurn}
    >
      <Glyph size={28} aria-hidden />
    </ActionIcon>
  );
}

function Leaves({ spread, story }: { readonly spread: Spread; readonly story: Story }) {
  const { t } = useTranslation("stories");
  const { kind, picture, paragraphs, imageType } = spread;
  const alt = t("picture.alt", { type: t(`imageTypes.${imageType}`), title: story.title });
  if (kind === "cover") {
    return (
      <div className={styles.cover}>
        <Picture picture={picture} alt={alt} />
        <div className={styles.titles} data-over={picture !== null || undefined}>
          <h2>{story.title}</h2>
          {story.author !== null && <p>{story.author}</p>}
        </div>
      </div>
    );
  }
  if (kind === "end") {
    const isByModel = story.images.some(({ provider }) => provider === "gemini" || provider === "openai");
    const isDrawn = story.images.some(({ provider }) => provider === "sketch");
    return (
      <div className={styles.end}>
        <p className={styles.fin}>{t("read.end")}</p>
        {picture !== null && <img className={styles.vignette} src={picture.url} alt={alt} />}
        {isByModel && <p>{t("read.colophon")}</p>}
        {!isByModel && isDrawn && <p>{t("read.drawn")}</p>}
      </div>
    );
  }
  return (
    <>
      <div className={styles.text}>
        {keyed(paragraphs).map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </div>
      <div className={styles.plate}>
        <Picture picture={picture} alt={alt} />
      </div>
    </>
  );
}

/** Paragraphs have nothing but their words and their place. */
const keyed = (paragraphs: readonly string[]) => paragraphs.map((text, place) => ({ key: `${place} ${text}`, text }));

function Picture({ picture, alt }: { readonly picture: StoryImage | null; readonly alt: string }) {
  const { t } = useTranslation("stories");
  if (picture === null) return <p className={styles.placeholder}>{t("read.noPicture")}</p>;
  return <img src={picture.url} alt={alt} draggable={false} />;
}

/** A finger that goes sideways turns the page; one that goes down scrolls. */
function useSwipe(onSwipe: (step: number) => void) {
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  return {
    onPointerDown: ({ clientX, clientY, pointerType }: PointerEvent) => {
      from.current = pointerType === "mouse" ? null : { x: clientX, y: clientY };
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent) => {
      const start = from.current;
      from.current = null;
      if (start === null) return;
      const [dx, dy] = [clientX - start.x, clientY - start.y];
      if (Math.abs(dx) > swipeMin && Math.abs(dx) > Math.abs(dy) * 1.5) onSwipe(dx < 0 ? 1 : -1);
    },
    onPointerCancel: () => {
      from.current = null;
    },
  };
}
