import { type components, dataOf } from "@bodega/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "../../shared/server/client.ts";

type Schemas = components["schemas"];
export type Story = Schemas["Story"];
export type StoryImage = Schemas["StoryImage"];
export type StoryRun = NonNullable<Schemas["IllustrationRun"]>;
export type StoryBook = NonNullable<Schemas["StoryBook"]>;
export type StorySummary = Schemas["StorySummary"];
export type Scenes = NonNullable<Schemas["Scenes"]>;
export type ImageType = keyof Scenes;

/** In the order in which they are made, which is that of the book. */
export const imageTypes = ["character", "cover", "scene_1", "scene_2", "scene_3", "scene_4", "closing"] as const;

export const storiesTopic = "stories";

export const storyKeys = {
  all: ["stories"] as const,
  lists: ["stories", "list"] as const,
  one: (id: string) => ["stories", "one", id] as const,
  versions: (id: string, type: ImageType) => ["stories", "versions", id, type] as const,
  book: (id: string, format: StoryBook["format"]) => ["stories", "book", id, format] as const,
  figures: ["stories", "figures"] as const,
};

/** Signed addresses are good for at least this long; then everything that has one is read anew. */
const addressLifeMs = 45 * 60_000;

export const storiesQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: [...storyKeys.lists, text],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/stories", {
          signal,
          params: {
            query: { limit: 48, ...(text !== "" && { query: text }), ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: addressLifeMs,
  });

export interface ReadStory {
  readonly story: Story;
  /** What a change of it needs. */
  readonly etag: string;
}

export const storyQuery = (id: string) =>
  queryOptions({
    queryKey: storyKeys.one(id),
    queryFn: async ({ signal }): Promise<ReadStory> => {
      const answer = await client.http.GET("/v1/stories/{id}", { signal, params: { path: { id } } });
      return { story: await dataOf(Promise.resolve(answer)), etag: answer.response.headers.get("etag") ?? "*" };
    },
    refetchInterval: addressLifeMs,
  });

export const versionsQuery = (id: string, imageType: ImageType) =>
  queryOptions({
    queryKey: storyKeys.versions(id, imageType),
    queryFn: ({ signal }) =>
      dataOf(
        client.http.GET("/v1/stories/{id}/images/{imageType}/versions", {
          signal,
          params: { path: { id, imageType } },
        }),
      ),
  });

export const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: [...storyKeys.figures, days],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/stories/metrics", { signal, params: { query: { days } } })),
    placeholderData: keepPreviousData,
  });
