import { BurstRecogniser, type Ended, silenceMs } from "./burst.ts";

/**
 * A field with this attribute takes what is scanned into it as text (a lot's number, say); the scanner's Enter still
 * submits nothing.
 */
export const takesScan = "data-takes-scan";

/** Later than this, a timer says that the machine is busy. */
const lateMs = 30;
/** No machine is as late as a clock that is wrong. */
const latenessMaxMs = 1_000;

/**
 * Hears a scanner that types, wherever the focus is. What it types ends up in no field, moves no focus, submits no form
 * and triggers no key of the page; what turns out to be a person's typing is given back unchanged.
 *
 * - Outside of fields, characters wait until it is known whose they are (80 ms at most, on a machine that is not busy) and are then sent
 *   on.
 * - In a field they go in at once, so that typing never lags; when a scan shows, the field gets back what it held.
 */
export function listenToWedge(onScan: (text: string) => void): () => void {
  const recogniser = new BurstRecogniser();
  const replayed = new WeakSet<Event>();
  let burst: Burst = newBurst(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastKeyMs = Number.NEGATIVE_INFINITY;

  const finish = ({ kind, text }: Ended) => {
    const { field, held, isTaken } = burst;
    burst = newBurst(null);
    clearTimeout(timer);
    if (kind === "scanned" && !field?.hasAttribute(takesScan)) return onScan(text);
    if (kind === "typed" && field !== null && isTaken) insert(field, text);
    if (kind === "typed" || field?.hasAttribute(takesScan)) for (const event of held) replay(event, replayed);
  };
  const waitForSilence = (ms: number) => {
    clearTimeout(timer);
    const dueMs = performance.now() + ms;
    timer = setTimeout(() => {
      const nowMs = performance.now();
      // So does a timer: keys that were pressed long ago may stand behind it. And keys may bear a time to come.
      if (nowMs - dueMs > lateMs || nowMs - lastKeyMs < silenceMs) return waitForSilence(silenceMs);
      const over = recogniser.pause(nowMs);
      if (over !== null) finish(over);
    }, ms);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (replayed.has(event)) return;
    const key = scannerKeyOf(event);
    if (key === "modifier") return;
    if (key === null) {
      const ended = recogniser.interrupt();
      if (ended !== null) finish(ended);
      return;
    }
    const { before, verdict, ended } = recogniser.press(key, event.timeStamp);
    if (before !== null) finish(before);
    if (key === "Enter" || key === "Tab") {
      if (verdict === "captured") stop(event);
      if (ended !== null) finish(ended);
      return;
    }
    if (burst.isEmpty) burst = newBurst(fieldOf(event.target));
    keep(burst, event, verdict === "captured");
    lastKeyMs = event.timeStamp;
    // A key that came late says that the next one may be as late.
    waitForSilence(silenceMs + 5 + Math.min(Math.max(0, performance.now() - event.timeStamp), latenessMaxMs));
  };
  window.addEventListener("keydown", onKeyDown, true);
  return () => {
    window.removeEventListener("keydown", onKeyDown, true);
    clearTimeout(timer);
    const ended = recogniser.interrupt();
    if (ended !== null) finish(ended);
  };
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The keys that are under way. */
interface Burst {
  isEmpty: boolean;
  /** Where they are typed; null: nowhere in particular. */
  readonly field: Field | null;
  /** What the field held before them. */
  readonly value: string;
  readonly selection: readonly [number, number] | null;
  /** Keys outside of fields, which wait. */
  readonly held: KeyboardEvent[];
  /** The field has got back what it held. */
  isTaken: boolean;
}

const newBurst = (field: Field | null): Burst => ({
  isEmpty: true,
  field,
  value: field?.value ?? "",
  selection: field === null ? null : selectionOf(field),
  held: [],
  isTaken: false,
});

function keep(burst: Burst, event: KeyboardEvent, isCaptured: boolean): void {
  burst.isEmpty = false;
  if (burst.field === null) {
    stop(event);
    burst.held.push(event);
  } else if (isCaptured && !burst.field.hasAttribute(takesScan)) {
    stop(event);
    if (!burst.isTaken) restore(burst, burst.field);
    burst.isTaken = true;
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** One character, or the keys that end a scan; null for any other. */
function scannerKeyOf(event: KeyboardEvent): string | "modifier" | null {
  if (event.isComposing || event.repeat) return null;
  if (event.key === "Shift" || event.key === "AltGraph" || event.key === "CapsLock") return "modifier";
  // A group separator (ASCII 29) as scanners type it.
  if (event.ctrlKey && event.key === "]") return "\u001d";
  if (event.key === "Control") return "modifier";
  if ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph")) return null;
  if (event.key === "Enter" || event.key === "Tab") return event.shiftKey ? null : event.key;
  // A space presses buttons and scrolls; no code begins with one.
  return event.key.length === 1 && event.key !== " " ? event.key : null;
}

const texts = new Set([
  "text",
  "search",
  "tel",
  "url",
  "email",
  "password",
  "number",
  "date",
  "time",
  "datetime-local",
]);

function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && texts.has(target.type) ? target : null;
}

/** Null for fields that have no selection, as those of numbers. */
function selectionOf({ selectionStart, selectionEnd }: Field): readonly [number, number] | null {
  return selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
}

/** As if it had been typed: frameworks look at the setter of the class, and listen to `input`. */
function restore({ value, selection }: Burst, field: Field): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (selection !== null) field.setSelectionRange(...selection);
}

/** What was taken from a person goes in where they are typing, and can be undone by them. */
function insert(field: Field, text: string): void {
  if (document.activeElement !== field) field.focus();
  document.execCommand("insertText", false, text);
}

function replay(event: KeyboardEvent, replayed: WeakSet<Event>): void {
  const { key, code, location, shiftKey, ctrlKey, altKey, metaKey } = event;
  const again = new KeyboardEvent("keydown", {
    key,
    code,
    location,
    shiftKey,
    ctrlKey,
    altKey,
    metaKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  replayed.add(again);
  (event.target ?? document.body).dispatchEvent(again);
}
