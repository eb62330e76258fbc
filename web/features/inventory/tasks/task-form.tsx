import { dataOf } from "@bodega/sdk";
import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { textHash } from "../../../shared/server/text-hash.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { localTime, utcTime } from "./due.ts";
import { peopleQuery, type Task, tasksKey } from "./tasks-queries.ts";

export interface TaskFormProps {
  /** Null: a new one. */
  readonly task: Task | null;
  readonly onClose: () => void;
}

/** What is to be done, by whom and until when. */
export function TaskForm({ task, onClose }: TaskFormProps) {
  const { t } = useTranslation(["inventory", "shell"]);
  const people = useQuery(peopleQuery).data ?? [];
  const [title, setTitle] = useState(task?.title ?? "");
  const [note, setNote] = useState(task?.note ?? "");
  const [owner, setOwner] = useState(task?.owner ?? "");
  const [due, setDue] = useState(localTime(task?.dueAt ?? null));
  const content = { title: title.trim(), note: note.trim() || null, owner: owner || null, dueAt: utcTime(due) };
  const save = useAction({
    name: "save-task",
    target: (given: typeof content & { readonly state?: "cancelled" }) =>
      `${task?.id ?? "new"} ${textHash(JSON.stringify(given))}`,
    run: (body, { idempotencyKey }): Promise<Task> =>
      task === null
        ? dataOf(client.http.POST("/v1/tasks", { body, ...once(idempotencyKey) }))
        : dataOf(
            client.http.PATCH("/v1/tasks/{id}", { params: { path: { id: task.id } }, body, ...once(idempotencyKey) }),
          ),
    refreshes: [tasksKey, ["home", "attention"]],
    onDone: onClose,
    showsError: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (content.title !== "") save.mutate(content);
  };
  const owners = [
    { value: "", label: t("tasks.nobody") },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
    // Who has left the shop may still have it.
    ...(owner !== "" && !people.some(({ id }) => id === owner)
      ? [{ value: owner, label: task?.ownerName ?? owner }]
      : []),
  ];
  return (
    <Modal opened onClose={onClose} title={t(task === null ? "tasks.new" : "tasks.editTitle")}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            label={t("tasks.columns.title")}
            required
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <NativeSelect
            label={t("tasks.columns.owner")}
            data={owners}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t("tasks.columns.due")}
            value={due}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
          <Textarea
            label={t("tasks.columns.note")}
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {save.error !== null && <ErrorPanel error={save.error} attempt="writing" isCompact />}
          <Group justify="space-between">
            {task !== null && task.state === "open" ? (
              <Button
                variant="subtle"
                color="gray"
                disabled={save.isPending}
                onClick={() => save.mutate({ ...content, state: "cancelled" })}
              >
                {t("tasks.drop")}
              </Button>
            ) : (
              <span />
            )}
            <Button type="submit" loading={save.isPending} disabled={content.title === ""}>
              {t("shell:save.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
