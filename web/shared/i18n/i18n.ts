import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, languages, preferredLanguage, rememberLanguage } from "./language.ts";
import type { TextLoaders } from "./translations.ts";

const own: TextLoaders = { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") };

/** Starts the texts; those of a feature come with its first page, in the present language alone. */
export async function startI18n(features: Readonly<Record<string, TextLoaders>>): Promise<void> {
  const loaders: Readonly<Record<string, TextLoaders>> = { ...features, shell: own };
  const backend: BackendModule = {
    type: "backend",
    init: () => undefined,
    read: async (language, namespace, done) => {
      const load = loaders[namespace]?.[language === "en" ? "en" : "es"];
      if (load === undefined) return done(new Error(`there are no texts ${namespace}`), null);
      return load().then(
        (texts) => done(null, { ...texts.default }),
        (error: Error) => done(error, null),
      );
    },
  };
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage(),
      supportedLngs: languages,
      // Both are complete, which the types see to; there is nothing to fall back to.
      fallbackLng: false,
      ns: ["shell"],
      defaultNS: "shell",
      interpolation: { escapeValue: false },
    });
}

export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}
