import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { ShortageForm } from "./shortage-form.tsx";
import { ShortageList } from "./shortage-list.tsx";
import { TaskForm } from "./task-form.tsx";
import { TaskList } from "./task-list.tsx";
import type { Task } from "./tasks-queries.ts";

/** What people have to do, and what people noticed is missing. */
export default function TasksPage() {
  const { t } = useTranslation("inventory");
  const { view } = useSearch({ from: "/shell/inventory/tasks" });
  const navigate = useNavigate();
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const isShortages = view === "shortages";
  const add = () => setEdited("new");
  useShortcut("n", add);
  return (
    <>
      <PageAction>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t(isShortages ? "tasks.newShortage" : "tasks.new")}
          <ActionKey>N</ActionKey>
        </Button>
      </PageAction>
      <FilterBar
        label={t("tasks.view")}
        value={view ?? "tasks"}
        choices={[
          { value: "tasks", label: t("tabs.tasks") },
          { value: "shortages", label: t("tasks.shortages") },
        ]}
        onChoose={(value) =>
          void navigate({ to: "/inventory/tasks", search: value === "shortages" ? { view: value } : {}, replace: true })
        }
      />
      {isShortages ? <ShortageList /> : <TaskList onEdit={setEdited} />}
      {edited !== null && isShortages && <ShortageForm onClose={() => setEdited(null)} />}
      {edited !== null && !isShortages && (
        <TaskForm task={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}
