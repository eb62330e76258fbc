import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import type { WorkPhase } from "./use-keyed-work.ts";

export interface WorkStatusProps {
  readonly work: {
    readonly phase: WorkPhase;
    readonly error: unknown;
    readonly ask: () => void;
    readonly cancel: () => void;
  };
  /** Such as «Reserva en proceso». */
  readonly label: string;
}

/** Where a write stands that cannot be shown before it is true. */
export function WorkStatus({ work: { phase, error, ask, cancel }, label }: WorkStatusProps) {
  const { t } = useTranslation("inventory");
  const { t: shell } = useTranslation("shell");
  switch (phase) {
    case "sending":
      return <Waiting label={label} onCancel={cancel} />;
    case "asking":
      return <Waiting label={shell("waiting.checking")} />;
    case "unknown":
      return (
        <ErrorPanel
          error={error}
          attempt="writing"
          isCompact
          words={{
            happened: t("shared.work.unknown"),
            kept: t("shared.work.unknownKept"),
            todo: t("shared.work.unknownTodo"),
          }}
        >
          <Button size="xs" onClick={ask}>
            {t("shared.work.ask")}
          </Button>
          <Button size="xs" variant="default" onClick={cancel}>
            {t("shared.work.cancel")}
          </Button>
        </ErrorPanel>
      );
    case "idle":
      return error === null ? null : <Refusal error={error} />;
  }
}

function Refusal({ error }: { readonly error: unknown }) {
  const { t } = useTranslation("inventory");
  const isShort = error instanceof Error && "code" in error && error.code === "INSUFFICIENT_STOCK";
  return (
    <ErrorPanel
      error={error}
      attempt="writing"
      isCompact
      {...(isShort && {
        words: { happened: t("shared.short.title"), kept: t("shared.short.kept"), todo: t("shared.short.todo") },
      })}
    />
  );
}
