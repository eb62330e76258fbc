import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

export interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  /** What the address says. */
  readonly text: string;
  readonly onSearch: (text: string) => void;
  readonly className?: string;
}

/** A person who types does not want a request a letter. */
const typingMs = 180;

/** Words that narrow a list, kept in the address by whoever uses it. */
export function SearchField({ label, placeholder, text, onSearch, className = "" }: SearchFieldProps) {
  const { t } = useTranslation("shell");
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  const searchSoon = useDebouncedCallback((value: string) => {
    sent.current = value.trim();
    onSearch(sent.current);
  }, typingMs);
  // The back button, or a link: what nobody typed here.
  useEffect(() => {
    if (text === sent.current) return;
    sent.current = text;
    setTyped(text);
  }, [text]);
  const change = (value: string) => {
    setTyped(value);
    searchSoon(value);
  };
  return (
    <TextInput
      className={className}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={typed !== "" && <CloseButton size="sm" aria-label={t("search.clear")} onClick={() => change("")} />}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
