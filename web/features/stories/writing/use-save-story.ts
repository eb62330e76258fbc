import { BodegaError, dataOf } from "@bodega/sdk";
import { useMutationKey } from "@bodega/sdk/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";
import { type ReadStory, type Scenes, storyKeys } from "../story-queries.ts";
import { type ManuscriptValues, manuscriptBody } from "./manuscript.ts";

export interface Draft {
  readonly manuscript: ManuscriptValues;
  /** Null: there are none, and none are wanted. */
  readonly scenes: Scenes | null;
}

interface Saving {
  readonly draft: Draft;
  /** What was read when the writing began; `*` goes over whatever others have saved since. */
  readonly etag: string;
}

/** Saves what was written, once, against what was read. */
export function useSaveStory(id: string, onSaved: (saved: ReadStory) => void) {
  const queryClient = useQueryClient();
  const key = useMutationKey(`story-${id}`);
  return useMutation({
    mutationFn: async ({ draft, etag }: Saving): Promise<ReadStory> => {
      try {
        const answer = await client.http.PATCH("/v1/stories/{id}", {
          params: { path: { id } },
          headers: { "if-match": etag, "idempotency-key": key.value() },
          body: { ...manuscriptBody(draft.manuscript), scenes: draft.scenes },
        });
        key.settle();
        return { story: await dataOf(Promise.resolve(answer)), etag: answer.response.headers.get("etag") ?? "*" };
      } catch (error) {
        // Refused, so nothing was done: the next try is another one.
        if (error instanceof BodegaError && error.status >= 400 && error.status < 500) key.settle();
        throw error;
      }
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(storyKeys.one(id), saved);
      onSaved(saved);
    },
  });
}

export const isChangedByOthers = (error: unknown): boolean => error instanceof BodegaError && error.status === 412;
