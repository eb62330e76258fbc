/**
 * The last digit of a GTIN (GS1 General Specifications, 7.9.1): the others weigh 3 and 1 in turn from the right, and it
 * fills the sum up to tens.
 */
export function checkDigitOf(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

const lengths = [8, 12, 13, 14];

/** Whether it is as long as an EAN-8, UPC-A, EAN-13 or GTIN-14, and nothing but digits. */
export const isLikeGtin = (text: string): boolean => /^\d+$/.test(text) && lengths.includes(text.length);

/** The same, and its check digit is right. */
export const isGtin = (text: string): boolean => isLikeGtin(text) && checkDigitOf(text.slice(0, -1)) === text.slice(-1);

/** With all of its 14 digits, in which an EAN-13 and the UPC-A without its leading zero are the same. */
export const gtin14 = (gtin: string): string => gtin.padStart(14, "0");
