import { IconPhotoOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import type { StorySummary } from "../story-queries.ts";
import styles from "./stories-page.module.css";

export function StoryCard({ story }: { readonly story: StorySummary }) {
  const { t } = useTranslation("stories");
  const { id, title, author, coverUrl, pictureCount, runState, updatedAt } = story;
  const isRunning = runState === "queued" || runState === "running";
  return (
    <li>
      <Link to="/stories/$storyId" params={{ storyId: id }} className={styles.card}>
        <span className={styles.cover}>
          {coverUrl === null ? (
            <span className={styles.blank}>
              <IconPhotoOff size={26} stroke={1.5} aria-hidden />
              {t("noCover")}
            </span>
          ) : (
            <img src={coverUrl} alt="" loading="lazy" decoding="async" />
          )}
          {isRunning && (
            <span className={styles.state}>
              <Chip tone="info">{t("running")}</Chip>
            </span>
          )}
        </span>
        <span className={styles.title}>{title}</span>
        <span className={styles.about}>{author === null ? t("pictures", { count: pictureCount }) : author}</span>
        <span className={styles.about}>
          <RelativeTime at={updatedAt} />
        </span>
      </Link>
    </li>
  );
}
