import { useTranslation } from "react-i18next";

const known = [
  "POLICY_BLOCKED",
  "IMAGE_GENERATION_FAILED",
  "IMAGE_BUDGET_REACHED",
  "IMAGE_MODEL_RETIRED",
  "IMAGE_PROVIDER_MISCONFIGURED",
  "PROMPT_TOO_SHORT",
] as const;

/** Why a picture was not made, in words. */
export function useCodeText(): (code: string | null) => string {
  const { t } = useTranslation("stories");
  return (code) => {
    const name = known.find((each) => each === code);
    return t(`codes.${name ?? "other"}`);
  };
}
