import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./es.ts";

const en: TextsLike<typeof es> = {
  title: "Sign in",
  lead: "The back office of your shop.",
  email: "E-mail address",
  password: "Password",
  remember: "Stay signed in on this device",
  submit: "Sign in",
  signingIn: "Signing in…",
  wrong: {
    happened: "The address or the password is not right",
    kept: "Your session and your data are as they were.",
    todo: "Look at both and try again. The shop's administrator can give you a new password.",
  },
  first:
    "First time? Bodega showed the address and the password in the terminal when it started, and left them in its data folder.",
};

export default en;
