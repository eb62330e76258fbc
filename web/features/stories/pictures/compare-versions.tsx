import { dataOf } from "@bodega/sdk";
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type ImageType, type Story, type StoryImage, storyKeys, versionsQuery } from "../story-queries.ts";
import styles from "./pictures.module.css";

export interface CompareVersionsProps {
  readonly story: Story;
  readonly imageType: ImageType;
  readonly onClose: () => void;
}

/** The present picture beside those it has replaced; any of them can be taken back, and nothing is lost by it. */
export function CompareVersions({ story, imageType, onClose }: CompareVersionsProps) {
  const { t } = useTranslation("stories");
  const type = t(`imageTypes.${imageType}`);
  const versions = useQuery(versionsQuery(story.id, imageType));
  const present = story.images.find((image) => image.imageType === imageType && image.chapterId === null);
  const taking = useAction({
    name: "use-version",
    target: (version: number) => `${story.id}-${imageType}-${version}-${present?.version ?? 0}`,
    run: (version: number, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/stories/{id}/images/{imageType}/versions/{version}/use", {
          ...once(idempotencyKey),
          params: { path: { id: story.id, imageType, version } },
        }),
      ),
    refreshes: [storyKeys.one(story.id), storyKeys.versions(story.id, imageType)],
    onDone: () => notify({ message: t("compare.used") }),
  });
  return (
    <Modal opened onClose={onClose} title={t("compare.title", { type })} size="56rem">
      <Queried query={versions}>
        {({ items }) => {
          const earlier = items.filter(({ picture }) => picture.version !== present?.version);
          return (
            <>
              {earlier.length === 0 && <p>{t("compare.none")}</p>}
              <ul className={styles.versions}>
                {present !== undefined && (
                  <Version picture={present} caption={t("compare.now")} alt={`${type}: ${t("compare.now")}`} />
                )}
                {earlier.map(({ picture, replacedAt }) => (
                  <Version
                    key={picture.version}
                    picture={picture}
                    caption={<RelativeTime at={replacedAt ?? picture.createdAt} />}
                    alt={`${type}: ${t("compare.before")}`}
                    action={
                      <Button
                        size="compact-sm"
                        variant="default"
                        loading={taking.isPending && taking.variables === picture.version}
                        onClick={() => taking.mutate(picture.version)}
                      >
                        {t("compare.use")}
                      </Button>
                    }
                  />
                ))}
              </ul>
            </>
          );
        }}
      </Queried>
    </Modal>
  );
}

interface VersionProps {
  readonly picture: StoryImage;
  readonly caption: ReactNode;
  readonly alt: string;
  readonly action?: ReactNode;
}

function Version({ picture, caption, alt, action }: VersionProps) {
  const { t } = useTranslation("stories");
  return (
    <li className={styles.version}>
      <img src={picture.url} alt={alt} />
      <span className={styles.by}>
        {caption} · {t(`providers.${picture.provider}`)}
      </span>
      {action}
    </li>
  );
}
