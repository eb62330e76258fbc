import { dataOf } from "@bodega/sdk";
import { Button } from "@mantine/core";
import { IconBrush, IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../shared/page/empty.tsx";
import { PageAction } from "../../../shared/page/page.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { useThisStory } from "../story/use-this-story.ts";
import { type ImageType, imageTypes, storyKeys } from "../story-queries.ts";
import { CompareVersions } from "./compare-versions.tsx";
import { PictureCard } from "./picture-card.tsx";
import styles from "./pictures.module.css";
import { RunPanel } from "./run-panel.tsx";
import { UploadPicture } from "./upload-picture.tsx";

interface Wish {
  readonly imageTypes?: ImageType[];
  readonly force: boolean;
}

/** All seven pictures, which arrive one by one while they are made. */
export default function PicturesPart() {
  const { t } = useTranslation("stories");
  const { story } = useThisStory();
  const { id, run } = story;
  const pictures = story.images.filter(({ chapterId }) => chapterId === null);
  const [compared, setCompared] = useState<ImageType | null>(null);
  const [uploaded, setUploaded] = useState<ImageType | null>(null);
  const drawing = useAction({
    name: "illustrate",
    // A run that is over makes room for the next wish; while one goes on, a repeat is the same wish.
    target: ({ imageTypes: types, force }: Wish) =>
      `${id}-${story.version}-${run?.id ?? "first"}-${run?.state ?? ""}-${types?.join() ?? "all"}-${force}`,
    run: (wish: Wish, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/stories/{id}/illustrations", {
          ...once(idempotencyKey),
          params: { path: { id } },
          body: wish,
        }),
      ),
    refreshes: [storyKeys.one(id)],
  });
  const isRunning = run !== null && !run.isOver;
  const missing = imageTypes.filter((type) => !pictures.some(({ imageType }) => imageType === type));

  if (story.scenes === null && pictures.length === 0) {
    return (
      <Empty
        icon={IconPencil}
        title={t("run.scenesFirst")}
        action={
          <Button component={Link} to={`/stories/${id}/text`}>
            {t("run.scenesFirstAction")}
          </Button>
        }
      >
        {t("write.scenesHint")}
      </Empty>
    );
  }
  return (
    <>
      {missing.length > 0 && !isRunning && story.scenes !== null && (
        <PageAction>
          <Button
            leftSection={<IconBrush size={16} aria-hidden />}
            loading={drawing.isPending}
            onClick={() => drawing.mutate({ force: false })}
          >
            {missing.length === imageTypes.length ? t("run.start") : t("run.continue")}
          </Button>
        </PageAction>
      )}
      {run !== null && (
        <RunPanel
          story={story}
          run={run}
          onRetry={() => drawing.mutate({ force: false })}
          isRetrying={drawing.isPending}
        />
      )}
      <ul className={styles.wall}>
        {imageTypes.map((type) => (
          <PictureCard
            key={type}
            story={story}
            imageType={type}
            picture={pictures.find(({ imageType }) => imageType === type) ?? null}
            drawn={run?.images.find(({ imageType }) => imageType === type) ?? null}
            isRunning={isRunning}
            onAnother={() => drawing.mutate({ imageTypes: [type], force: true })}
            onCompare={() => setCompared(type)}
            onUpload={() => setUploaded(type)}
          />
        ))}
      </ul>
      {compared !== null && <CompareVersions story={story} imageType={compared} onClose={() => setCompared(null)} />}
      {uploaded !== null && <UploadPicture story={story} imageType={uploaded} onClose={() => setUploaded(null)} />}
    </>
  );
}
