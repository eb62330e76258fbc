import { dataOf } from "@bodega/sdk";
import type { Attention } from "../../../shared/feature/feature.ts";
import type { Language } from "../../../shared/i18n/language.ts";
import { client } from "../../../shared/server/client.ts";

/** Rows at most; the page has the rest. */
const rowsMax = 10;

/** Open tasks whose time is past, the oldest first: each leads to where they are done. */
export async function load(language: Language, signal: AbortSignal): Promise<readonly Attention[]> {
  const query = { state: "open", sort: "due", dueBefore: new Date().toISOString(), limit: rowsMax } as const;
  const { items } = await dataOf(client.http.GET("/v1/tasks", { signal, params: { query } }));
  return items.map(({ id, title, dueAt, ownerName }) => ({
    id: `task-${id}`,
    severity: "warning",
    title: `${words[language].overdue}: ${title}`,
    ...(ownerName !== null && { detail: ownerName }),
    ...(dueAt !== null && { at: dueAt }),
    action: { label: words[language].action, path: "/inventory/tasks" },
  }));
}

const words = {
  es: { overdue: "Tarea vencida", action: "Ver la tarea" },
  en: { overdue: "Overdue task", action: "See the task" },
} as const;
