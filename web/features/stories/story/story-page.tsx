import { BodegaError } from "@bodega/sdk";
import { Button } from "@mantine/core";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../../shared/page/page.tsx";
import { PageTabs } from "../../../shared/page/page-tabs.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { useStory } from "../use-story.ts";

const route = getRouteApi("/shell/stories/$storyId");

/** The frame of one story: its pictures, its text, the book to read and to print. */
export default function StoryPage() {
  const { t } = useTranslation("stories");
  const { storyId } = route.useParams();
  const { data, error, refetch } = useStory(storyId);
  const path = `/stories/${storyId}`;
  const tabs = [
    { path, label: t("story.pictures") },
    { path: `${path}/text`, label: t("story.text") },
    { path: `${path}/read`, label: t("story.read") },
    { path: `${path}/print`, label: t("story.print") },
  ];
  if (data === undefined) {
    if (error === null) {
      return (
        <Page title={t("title")}>
          <Waiting label={t("story.loading")} />
        </Page>
      );
    }
    const isGone = error instanceof BodegaError && error.status === 404;
    return (
      <Page title={t("title")}>
        <ErrorPanel error={error} {...(!isGone && { onRetry: () => void refetch() })}>
          <Button component={Link} to="/stories" size="xs" variant="default">
            {t("story.back")}
          </Button>
        </ErrorPanel>
      </Page>
    );
  }
  const { title, author } = data.story;
  return (
    <Page
      title={title}
      {...(author !== null && { lead: t("story.by", { author }) })}
      bar={<PageTabs label={t("story.label")} tabs={tabs} />}
    >
      <Outlet />
    </Page>
  );
}
