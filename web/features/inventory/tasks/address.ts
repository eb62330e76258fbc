import type { Search } from "../frame-route.ts";

export const taskStates = ["open", "done", "cancelled"] as const;
export type TaskState = (typeof taskStates)[number];
export const shortageStates = ["open", "ordered", "resolved", "dismissed"] as const;
export type ShortageState = (typeof shortageStates)[number];

/** Tasks or shortages, and which of them; without a state, those that are open. */
export interface TasksAddress {
  readonly view?: "shortages";
  readonly state?: TaskState | ShortageState;
  readonly owner?: "me" | "none";
}

export function readTasksAddress({ view, state, owner }: Search): TasksAddress {
  const isShortages = view === "shortages";
  return {
    ...(isShortages && { view }),
    ...(isShortages && isShortageState(state) && { state }),
    ...(!isShortages && isTaskState(state) && { state }),
    ...(!isShortages && (owner === "me" || owner === "none") && { owner }),
  };
}

export const isTaskState = (value: unknown): value is TaskState => taskStates.some((known) => known === value);
export const isShortageState = (value: unknown): value is ShortageState =>
  shortageStates.some((known) => known === value);
