/** Where a GTIN's maker is registered, by its GS1 prefix (gs1.org/standards/id-keys/company-prefix), or what it is. */
export type Gs1Issuer =
  | { readonly kind: "region"; readonly region: string; readonly prefix: string }
  | { readonly kind: "in-store" | "periodical" | "book"; readonly prefix: string };

/** From, to, and the region (ISO 3166) of its GS1 organisation. */
const regions: readonly (readonly [from: number, to: number, region: string])[] = [
  [1, 19, "US"],
  [30, 39, "US"],
  [60, 139, "US"],
  [300, 379, "FR"],
  [380, 380, "BG"],
  [383, 383, "SI"],
  [385, 385, "HR"],
  [400, 440, "DE"],
  [450, 459, "JP"],
  [460, 469, "RU"],
  [471, 471, "TW"],
  [490, 499, "JP"],
  [500, 509, "GB"],
  [520, 521, "GR"],
  [539, 539, "IE"],
  [540, 549, "BE"],
  [560, 560, "PT"],
  [570, 579, "DK"],
  [590, 590, "PL"],
  [599, 599, "HU"],
  [600, 601, "ZA"],
  [640, 649, "FI"],
  [690, 699, "CN"],
  [700, 709, "NO"],
  [729, 729, "IL"],
  [730, 739, "SE"],
  [740, 740, "GT"],
  [741, 741, "SV"],
  [742, 742, "HN"],
  [743, 743, "NI"],
  [744, 744, "CR"],
  [745, 745, "PA"],
  [746, 746, "DO"],
  [750, 750, "MX"],
  [754, 755, "CA"],
  [759, 759, "VE"],
  [760, 769, "CH"],
  [770, 771, "CO"],
  [773, 773, "UY"],
  [775, 775, "PE"],
  [777, 777, "BO"],
  [778, 779, "AR"],
  [780, 780, "CL"],
  [784, 784, "PY"],
  [786, 786, "EC"],
  [789, 790, "BR"],
  [800, 839, "IT"],
  [840, 849, "ES"],
  [850, 850, "CU"],
  [858, 858, "SK"],
  [859, 859, "CZ"],
  [860, 860, "RS"],
  [868, 869, "TR"],
  [870, 879, "NL"],
  [880, 881, "KR"],
  [884, 884, "KH"],
  [885, 885, "TH"],
  [888, 888, "SG"],
  [890, 890, "IN"],
  [893, 893, "VN"],
  [899, 899, "ID"],
  [900, 919, "AT"],
  [930, 939, "AU"],
  [940, 949, "NZ"],
  [955, 955, "MY"],
];

/** Null for an EAN-8, whose prefixes say something else, and where nobody is known. */
export function gs1IssuerOf(gtin: string): Gs1Issuer | null {
  if (gtin.length === 8) return null;
  const prefix = gtin.padStart(14, "0").slice(1, 4);
  const number = Number(prefix);
  if ((number >= 20 && number <= 29) || (number >= 200 && number <= 299) || (number >= 40 && number <= 49)) {
    return { kind: "in-store", prefix };
  }
  if (number === 977) return { kind: "periodical", prefix };
  if (number === 978 || number === 979) return { kind: "book", prefix };
  const region = regions.find(([from, to]) => number >= from && number <= to)?.[2];
  return region === undefined ? null : { kind: "region", region, prefix };
}
