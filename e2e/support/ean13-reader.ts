/** GS1 General Specifications §5.2.1: sets A and C; set B is C backwards. A 1 is black. */
const setA = [
  "0001101",
  "0011001",
  "0010011",
  "0111101",
  "0100011",
  "0110001",
  "0101111",
  "0111011",
  "0110111",
  "0001011",
];
const setC = setA.map((digit) => [...digit].map((module) => (module === "1" ? "0" : "1")).join(""));
const setB = setC.map((digit) => [...digit].reverse().join(""));
/** Which of the left six digits are of set B tells the first digit. */
const firstDigits = [
  "AAAAAA",
  "AABABB",
  "AABBAB",
  "AABBBA",
  "ABAABB",
  "ABBAAB",
  "ABBBAA",
  "ABABAB",
  "ABABBA",
  "ABBABA",
];

/** Reads a row of dark and light as a scanner does, at whatever size; null where there is no EAN-13 in it. */
export function readEan13(isDark: readonly boolean[]): string | null {
  const start = isDark.indexOf(true);
  const end = isDark.lastIndexOf(true) + 1;
  if (start < 0) return null;
  const width = (end - start) / 95;
  const modules = Array.from({ length: 95 }, (_, index) =>
    isDark[Math.floor(start + (index + 0.5) * width)] === true ? "1" : "0",
  ).join("");
  const digits = (from: number) =>
    Array.from({ length: 6 }, (_, index) => modules.slice(from + index * 7, from + index * 7 + 7));
  const left = digits(3).map((pattern) => {
    const isOfA = setA.includes(pattern);
    return { set: isOfA ? "A" : "B", digit: (isOfA ? setA : setB).indexOf(pattern) };
  });
  const right = digits(50).map((pattern) => setC.indexOf(pattern));
  const first = firstDigits.indexOf(left.map(({ set }) => set).join(""));
  const read = [first, ...left.map(({ digit }) => digit), ...right];
  const isFramed = modules.startsWith("101") && modules.slice(45, 50) === "01010" && modules.endsWith("101");
  return isFramed && !read.includes(-1) ? read.join("") : null;
}
