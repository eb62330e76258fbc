/** European Union, Iceland, Liechtenstein, Norway (EEA), Switzerland, United Kingdom; with the spellings that the EU uses. */
const restrictedRegions: ReadonlySet<string> = new Set([
  ..."AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "),
  ..."IS LI NO CH GB".split(" "),
  // Parts of the Union that have codes of their own.
  ..."AX GF GP MF MQ RE YT".split(" "),
  ..."EL UK".split(" "),
]);

/**
 * Whether photos of children may not be uploaded from here (requirement 05, *Checklist de cumplimiento*): from the EEA,
 * Switzerland and the United Kingdom, and from wherever nobody knows. `region` is ISO 3166-1 alpha-2.
 */
export function isChildUploadRestricted(region: string | null): boolean {
  const code = region?.trim().toUpperCase() ?? "";
  return !/^[A-Z]{2}$/.test(code) || code === "XX" || code === "ZZ" || restrictedRegions.has(code);
}
