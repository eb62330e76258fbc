import type { Icon } from "@tabler/icons-react";
import type { Bilingual, Language } from "../i18n/language.ts";
import type { TextLoaders } from "../i18n/translations.ts";

/** What a role may be allowed; the names are the server's. */
export type Permission = string;

/** A place in the rail. */
export interface Section {
  readonly label: Bilingual;
  /** Where it leads; it is shown as present for every address below. */
  readonly path: string;
  readonly icon: Icon;
  /** Smaller is further up. Inicio 0, Catálogo 10, Existencias 20, Proveedores 30, Cuentos 40, Operación 50, Ajustes 60. */
  readonly order: number;
  /** Without it, the section is not shown. */
  readonly permission?: Permission;
}

/** Something that can be done from the search (`/`). */
export interface Command {
  readonly id: string;
  readonly label: Bilingual;
  /** Other words by which people look for it. */
  readonly words?: Bilingual;
  readonly icon: Icon;
  readonly path: string;
  readonly permission?: Permission;
}

/** A hit of a feature's search. */
export interface Found {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  /** Of a small square picture; null: none, and there could be one. */
  readonly pictureUrl?: string | null;
  readonly path: string;
}

export interface SearchSource {
  /** The heading above its hits. */
  readonly label: Bilingual;
  readonly permission?: Permission;
  /** At most about eight hits, the best first. */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Found[]>;
}

/** One thing that waits for a person, on Inicio; every row ends in what to do. */
export interface Attention {
  readonly id: string;
  readonly severity: "bad" | "warning" | "info";
  /** In words, in the language that was asked for. */
  readonly title: string;
  readonly detail?: string;
  /** RFC 3339. */
  readonly at?: string;
  readonly action: { readonly label: string; readonly path: string };
}

export interface AttentionSource {
  readonly id: string;
  readonly permission?: Permission;
  readonly load: (language: Language, signal: AbortSignal) => Promise<readonly Attention[]>;
  /** Topics of the event stream after which it is loaded anew. */
  readonly topics?: readonly string[];
}

/** What of a feature is not all right, on Inicio. */
export interface Pulse {
  readonly state: "warning" | "bad";
  /** One sentence, in the language that was asked for. */
  readonly sentence: string;
  readonly path: string;
}

export interface PulseSource {
  readonly permission?: Permission;
  /** Null: all is well. */
  readonly load: (language: Language, signal: AbortSignal) => Promise<Pulse | null>;
}

/** Something that happened today, on Inicio: a figure, and how it went over the last days. */
export interface Happening {
  readonly id: string;
  readonly label: string;
  readonly figure: string;
  readonly detail?: string;
  /** Oldest first; the last is today. */
  readonly history: readonly number[];
  /** The history in words. */
  readonly historyLabel: string;
  readonly path: string;
}

export interface HappeningSource {
  readonly permission?: Permission;
  readonly load: (language: Language, signal: AbortSignal) => Promise<readonly Happening[]>;
  readonly topics?: readonly string[];
}

/**
 * What a module of the server looks like in the browser. `app/features.ts` lists them; nothing else does. Its pages are
 * routes below `shellRoute`, exported beside it and loaded when they are opened.
 */
export interface Feature {
  readonly name: string;
  /** By namespace: one of its own name for its pages, and others for what is to come without them. */
  readonly texts: Readonly<Record<string, TextLoaders>>;
  readonly section?: Section;
  readonly commands?: readonly Command[];
  readonly search?: SearchSource;
  readonly pulse?: PulseSource;
  readonly attention?: readonly AttentionSource[];
  readonly happenings?: HappeningSource;
}
