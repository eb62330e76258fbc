import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type ReadStory, storyQuery } from "../story-queries.ts";

const route = getRouteApi("/shell/stories/$storyId");

/** Within the frame of a story, which shows its parts only once it is there. */
export function useThisStory(): ReadStory {
  const { storyId } = route.useParams();
  return useSuspenseQuery(storyQuery(storyId)).data;
}
