import { useDebouncedValue } from "@mantine/hooks";
import type { Icon } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Command, Feature, Found } from "../../shared/feature/feature.ts";
import { useFeatures } from "../../shared/feature/features-context.ts";
import type { Language } from "../../shared/i18n/language.ts";
import { useLanguage } from "../../shared/i18n/use-language.ts";
import { may, useMe } from "../../shared/session/me.ts";

export interface Hit extends Found {
  readonly icon?: Icon;
}

export interface HitGroup {
  readonly name: string;
  readonly label: string | null;
  readonly hits: readonly Hit[];
}

/** Typing is followed at this pace; a person does not read faster. */
const pauseMs = 150;

/** What features find for `text`, then the actions and sections whose words begin so. */
export function useHits(text: string): {
  readonly groups: readonly HitGroup[];
  readonly isSearching: boolean;
  readonly failed: unknown;
} {
  const me = useMe();
  const language = useLanguage();
  const features = useFeatures();
  const wanted = text.trim();
  const [asked] = useDebouncedValue(wanted, pauseMs);
  const sources = features.flatMap(({ name, search }) =>
    search !== undefined && may(me, search.permission) ? [{ name, search }] : [],
  );
  const answers = useQueries({
    queries: sources.map(({ name, search }) => ({
      queryKey: ["search", name, asked],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => search.find(asked, signal),
      enabled: asked !== "",
    })),
  });
  // What was found for fewer letters stays until there is better; queries side by side keep nothing of the sort.
  const before = useRef<ReadonlyMap<string, readonly Hit[]>>(new Map());
  const found = sources.map(({ name, search }, index) => ({
    name,
    label: search.label[language],
    hits: wanted === "" ? [] : (answers[index]?.data ?? before.current.get(name) ?? []),
  }));
  useEffect(() => {
    before.current = new Map(found.map(({ name, hits }) => [name, hits]));
  });
  const commands = features
    .flatMap(commandsOf)
    .filter((command) => may(me, command.permission) && matches(command, wanted, language))
    .map(({ id, label, icon, path }) => ({ id, title: label[language], icon, path }));
  return {
    groups: [...found, { name: "commands", label: null, hits: commands }].filter(({ hits }) => hits.length > 0),
    isSearching: wanted !== "" && (asked !== wanted || answers.some((answer) => answer.isFetching)),
    failed: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}

/** A section is an action too: to go there. */
function commandsOf({ name, section, commands = [] }: Feature): readonly Command[] {
  return section === undefined ? commands : [{ ...section, id: `go-${name}` }, ...commands];
}

function matches({ label, words }: Command, text: string, language: Language): boolean {
  const given = folded(`${label[language]} ${words?.[language] ?? ""}`).split(/\s+/);
  return folded(text)
    .split(/\s+/)
    .every((part) => given.some((word) => word.startsWith(part)));
}

/** Without case and accents, as people type. */
const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
