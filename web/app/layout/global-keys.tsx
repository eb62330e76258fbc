import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useRef } from "react";
import { isTaken, useShortcut } from "../../shared/keyboard/use-shortcut.ts";
import { showOverlay, useOverlay } from "./overlays.ts";
import { useSections } from "./sections.ts";

const Help = lazy(() => import("./help.tsx"));
const Profile = lazy(() => import("./profile.tsx"));

/** How long after `g` its second key is waited for. */
const chordMs = 1_500;

/** `/` search, `?` help, and `g` with a digit for the sections, in the order of the rail. */
export function GlobalKeys() {
  const help = useOverlay("help");
  const profile = useOverlay("profile");
  useShortcut("/", () => showOverlay("search"));
  useShortcut("?", () => showOverlay("help"));
  useGoKeys();
  return (
    <Suspense fallback={null}>
      {help.isOpen && <Help onClose={help.close} />}
      {profile.isOpen && <Profile onClose={profile.close} />}
    </Suspense>
  );
}

function useGoKeys(): void {
  const router = useRouter();
  const sections = useSections();
  const goneAtMs = useRef(0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isTaken(event)) return;
    if (event.key === "g") {
      goneAtMs.current = event.timeStamp;
      return;
    }
    const section = event.timeStamp - goneAtMs.current < chordMs ? sections[Number(event.key) - 1] : undefined;
    goneAtMs.current = 0;
    if (section !== undefined) void router.navigate({ to: section.path });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
}
