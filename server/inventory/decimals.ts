/** `"02.500"` → `"2.5"`, `"-0"` → `"0"`: one text a number, as PostgreSQL's `trim_scale` writes it. */
export function canonicalDecimal(value: string): string {
  const [, sign, whole = "0", fraction = ""] = /^(-?)0*(\d*?)(?:\.(\d*?)0*)?$/.exec(value) ?? [];
  const digits = `${whole === "" ? "0" : whole}${fraction === "" ? "" : `.${fraction}`}`;
  return sign === "-" && digits !== "0" ? `-${digits}` : digits;
}

/** Exact: in thousandths, not in binary fractions. Both with at most 3 decimals. */
export function addQuantities(a: string, b: string): string {
  const sum = thousandths(a) + thousandths(b);
  const digits = String(sum < 0n ? -sum : sum).padStart(4, "0");
  return canonicalDecimal(`${sum < 0n ? "-" : ""}${digits.slice(0, -3)}.${digits.slice(-3)}`);
}

function thousandths(value: string): bigint {
  const [whole = "0", fraction = ""] = value.split(".");
  return BigInt(`${whole}${fraction.padEnd(3, "0")}`);
}
