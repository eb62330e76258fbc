import { Button, TextInput } from "@mantine/core";
import { IconBook2, IconPlus, IconSearch, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { ActionKey, Page } from "../../../shared/page/page.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { storiesQuery } from "../story-queries.ts";
import { StoryTabs } from "../story-tabs.tsx";
import { useStoryLists } from "../use-story.ts";
import styles from "./stories-page.module.css";
import { StoryCard } from "./story-card.tsx";

const route = getRouteApi("/shell/stories");

/** The shelf: every story by its cover. */
export default function StoriesPage() {
  const { t } = useTranslation("stories");
  const format = useFormat();
  const { query: text = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(storiesQuery(text));
  useStoryLists();
  useShortcut("n", () => void navigate({ to: "/stories/new" }));
  const shown = list.data?.pages.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <Page
      title={t("title")}
      lead={shown === undefined ? <>&nbsp;</> : t("count", { count: shown, shown: format.number(shown) })}
      bar={<StoryTabs />}
      action={
        <Button component={Link} to="/stories/new" leftSection={<IconPlus size={16} aria-hidden />}>
          {t("new")}
          <ActionKey>N</ActionKey>
        </Button>
      }
    >
      <TextInput
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        className={styles.search}
        value={text}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ search: value === "" ? {} : { query: value.slice(0, 200) }, replace: true })
        }
      />
      <Queried query={list}>
        {({ pages }) =>
          shown === 0 ? (
            <NoStories isNarrowed={text !== ""} />
          ) : (
            <>
              <ul className={styles.shelf}>
                {pages.flatMap(({ items }) => items.map((story) => <StoryCard key={story.id} story={story} />))}
              </ul>
              <MoreRows query={list} />
            </>
          )
        }
      </Queried>
    </Page>
  );
}

function NoStories({ isNarrowed }: { readonly isNarrowed: boolean }) {
  const { t } = useTranslation("stories");
  if (isNarrowed) {
    return (
      <Empty icon={IconSearchOff} title={t("noMatch.title")}>
        {t("noMatch.words")}
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconBook2}
      title={t("empty.title")}
      action={
        <Button component={Link} to="/stories/new">
          {t("new")}
        </Button>
      }
    >
      {t("empty.words")}
    </Empty>
  );
}
