import type { components } from "@bodega/sdk";
import { notifications } from "@mantine/notifications";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { settingsKeys } from "../queries.ts";

type UserChange = components["schemas"]["UserChange"];

/** Changes of one user. What a password was is no part of a key's name. */
export function useChangeUser(id: string) {
  return useAction({
    name: "change-user",
    target: ({ change: { password, ...rest } }: { readonly change: UserChange; readonly done: string }) =>
      `${id} ${JSON.stringify({ ...rest, hasPassword: password !== undefined })}`,
    run: ({ change }, { idempotencyKey }) =>
      client.http.PATCH("/v1/users/{id}", { params: { path: { id } }, body: change, ...once(idempotencyKey) }),
    refreshes: [settingsKeys.users],
    onDone: (_, { done }) => notifications.show({ message: done }),
    showsError: true,
  });
}
