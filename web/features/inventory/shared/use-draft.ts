import { useSessionStorage } from "@mantine/hooks";

/** What a form holds, in this tab, until it is sent: a reload costs nothing. */
export function useDraft<Draft extends object>(name: string, initial: Draft) {
  const [draft, setDraft, forget] = useSessionStorage<Draft>({
    key: `bodega.draft.${name}`,
    defaultValue: initial,
    getInitialValueInEffect: false,
  });
  return {
    // A part that an older version did not have.
    draft: { ...initial, ...draft },
    change: (part: Partial<Draft> | ((present: Draft) => Partial<Draft>)) =>
      setDraft((present) => {
        const whole = { ...initial, ...present };
        return { ...whole, ...(typeof part === "function" ? part(whole) : part) };
      }),
    forget,
  };
}
