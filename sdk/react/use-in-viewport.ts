import { type RefCallback, useCallback, useRef, useState } from "react";

export interface InViewportOptions {
  /** How far outside counts as near, as CSS margin; default 300px. */
  readonly rootMargin?: string;
  /** True (default): once seen, it stays seen. */
  readonly once?: boolean;
}

/**
 * Whether an element is in the viewport or near it: `const [ref, isNear] = useInViewport()`. Where there is no
 * `IntersectionObserver`, everything is.
 */
export function useInViewport({
  rootMargin = "300px",
  once = true,
}: InViewportOptions = {}): readonly [RefCallback<Element>, boolean] {
  const [isNear, setIsNear] = useState(false);
  const wasNear = useRef(false);
  const ref = useCallback(
    (element: Element | null) => {
      if (element === null || (once && wasNear.current)) return undefined;
      return observe(element, rootMargin, (isIntersecting) => {
        if (once && wasNear.current) return;
        wasNear.current = isIntersecting;
        setIsNear(isIntersecting);
      });
    },
    [rootMargin, once],
  );
  return [ref, isNear];
}

type Seen = (isIntersecting: boolean) => void;

/** One observer for each margin, however many elements: a catalogue has ten thousand. */
const observers = new Map<string, { readonly observer: IntersectionObserver; readonly seen: Map<Element, Seen> }>();

function observe(element: Element, rootMargin: string, seen: Seen): () => void {
  if (typeof IntersectionObserver === "undefined") {
    seen(true);
    return () => undefined;
  }
  const shared = observers.get(rootMargin) ?? makeObserver(rootMargin);
  shared.seen.set(element, seen);
  shared.observer.observe(element);
  return () => {
    shared.seen.delete(element);
    shared.observer.unobserve(element);
  };
}

function makeObserver(rootMargin: string) {
  const seen = new Map<Element, Seen>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) seen.get(target)?.(isIntersecting);
    },
    { rootMargin },
  );
  const shared = { observer, seen };
  observers.set(rootMargin, shared);
  return shared;
}
