/**
 * The texts of every namespace, by which keys are checked. Each feature adds its own beside its texts:
 * `declare module "<path>/shared/i18n/translations.ts" { interface Translations { catalog: typeof es } }`.
 */
export interface Translations {
  readonly shell: typeof import("./locales/es.ts").default;
}

/** The same keys, other words: what the second language of a namespace has to be. */
export type TextsLike<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : TextsLike<Texts[Key]>;
};

/** How the texts of a namespace are fetched, a language at a time. */
export interface TextLoaders {
  readonly es: () => Promise<{ readonly default: object }>;
  readonly en: () => Promise<{ readonly default: object }>;
}
