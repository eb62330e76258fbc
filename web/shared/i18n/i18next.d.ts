import "i18next";
import type { Translations } from "./translations.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    readonly defaultNS: "shell";
    readonly resources: Translations;
  }
}
