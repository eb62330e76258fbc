/** Why a photo is as it is, in words; `reasons` are those of the feature's texts. */
export function reasonText(code: string | null, reasons: Readonly<Record<string, string>>): string {
  return (code === null ? undefined : reasons[code]) ?? reasons.unknown ?? "";
}
