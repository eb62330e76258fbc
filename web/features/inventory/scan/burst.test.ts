import { describe, expect, it } from "vitest";
import { BurstRecogniser, type Ended, silenceMs } from "./burst.ts";

/** Keys with the milliseconds since the one before, as recorded in a browser. */
type Recording = readonly (readonly [key: string, gapMs: number])[];

const each = (text: string, ...gapsMs: readonly number[]): Recording =>
  [...text].map((key, index) => [key, gapsMs[index % gapsMs.length] ?? 0]);

/** What came of a recording, each ending in order; and which keys would have gone on to the page. */
function play(recording: Recording) {
  const recogniser = new BurstRecogniser();
  const endings: Ended[] = [];
  const passed: string[] = [];
  let timeMs = 1_000;
  const note = (ended: Ended | null) => {
    if (ended !== null) endings.push(ended);
  };
  for (const [key, gapMs] of recording) {
    // The timer of the page goes off while nothing comes.
    if (gapMs > silenceMs) note(recogniser.pause(timeMs + silenceMs));
    timeMs += gapMs;
    const { before, verdict, ended } = recogniser.press(key, timeMs);
    note(before);
    note(ended);
    if (verdict === "open") passed.push(key);
  }
  note(recogniser.pause(timeMs + silenceMs));
  return { scans: endings.filter(({ kind }) => kind === "scanned").map(({ text }) => text), endings, passed };
}

describe("a scanner is recognised", () => {
  it("over USB, 1 to 4 ms a key, with Enter: the Enter is the scanner's too", () => {
    const { scans, passed } = play([...each("7790895000997", 2, 1, 4, 3), ["Enter", 3]]);
    expect(scans).toEqual(["7790895000997"]);
    expect(passed).toEqual(["7", "7", "9"]);
  });

  it("without Enter, by the silence after it", () => {
    expect(play(each("7790895000997", 3)).scans).toEqual(["7790895000997"]);
  });

  it("over Bluetooth, 12 to 38 ms a key", () => {
    expect(play([...each("7790895000997", 25, 12, 38, 15, 31), ["Enter", 22]]).scans).toEqual(["7790895000997"]);
  });

  it("whose Enter comes late: it submits nothing", () => {
    for (const lateMs of [70, 200]) {
      const { scans, passed } = play([...each("7790895000997", 3), ["Enter", lateMs]]);
      expect(scans).toEqual(["7790895000997"]);
      expect(passed).not.toContain("Enter");
    }
  });

  it("twice in a row, 120 ms apart, without Enter", () => {
    expect(play([...each("77908950", 4), ["4", 120], ...each("0170725", 4)]).scans).toEqual(["77908950", "40170725"]);
  });

  it("with letters, dashes and a group separator", () => {
    expect(play([...each("SKU-0042", 6), ["Tab", 6]]).scans).toEqual(["SKU-0042"]);
    expect(play(each("0107790895000997\u001d10A7", 3)).scans).toEqual(["0107790895000997\u001d10A7"]);
  });

  it("right after a person's keys, of which it takes none", () => {
    const { scans, endings } = play([...each("ye", 140, 95), ["7", 90], ...each("790895000997", 3), ["Enter", 3]]);
    expect(scans).toEqual(["7790895000997"]);
    expect(endings[0]).toEqual({ kind: "typed", text: "y" });
  });

  it("when the page was busy and its timer late: the next key's own time tells", () => {
    const recogniser = new BurstRecogniser();
    for (const [index, digit] of [..."77908950"].entries()) recogniser.press(digit, index * 3);
    expect(recogniser.press("4", 900).before).toEqual({ kind: "scanned", text: "77908950" });
  });
});

describe("a person is never mistaken for a scanner", () => {
  it("at 120 words a minute, with keys that roll over each other", () => {
    const gaps = [112, 38, 95, 141, 29, 88, 102, 33, 120, 76, 25, 131, 90];
    const { scans, passed } = play([...each("yerba mate amargo 1 kg x 10", ...gaps), ["Enter", 96]]);
    expect(scans).toEqual([]);
    expect(passed.join("")).toBe("yerba mate amargo 1 kg x 10Enter");
  });

  it("typing a price on the number pad and Enter, as fast as it goes", () => {
    const { scans, passed } = play([...each("12500", 92, 71, 64, 58, 61), ["Enter", 55]]);
    expect(scans).toEqual([]);
    expect(passed).toEqual(["1", "2", "5", "0", "0", "Enter"]);
  });

  it("typing a whole bar code by hand", () => {
    expect(play(each("7790895000997", 180, 140, 90, 210, 75, 64, 160)).scans).toEqual([]);
  });

  it("drumming on the letters: what was taken is given back", () => {
    const { scans, endings } = play(each("asdfjkñl", 18, 22, 9));
    expect(scans).toEqual([]);
    expect(endings).toEqual([{ kind: "typed", text: "asdfjkñl" }]);
  });

  it("whose program writes an abbreviation out", () => {
    expect(play(each("Av. Rivadavia 1234", 1)).endings).toEqual([{ kind: "typed", text: "Av. Rivadavia 1234" }]);
  });

  it("pressing two or three keys at once and Enter: the Enter is theirs", () => {
    const { scans, passed } = play([...each("12", 12), ["Enter", 14]]);
    expect(scans).toEqual([]);
    expect(passed).toEqual(["1", "2", "Enter"]);
  });

  it("using any other key in between", () => {
    const recogniser = new BurstRecogniser();
    for (const [index, digit] of [..."77908"].entries()) recogniser.press(digit, index * 5);
    expect(recogniser.interrupt()).toEqual({ kind: "typed", text: "77908" });
    expect(recogniser.pause(1_000)).toBeNull();
  });
});

it("what never ends is not kept: a text of any length is given back in parts", () => {
  const { scans, endings } = play(each("7".repeat(1_000), 1));
  expect(endings.map(({ text }) => text).join("")).toBe("7".repeat(1_000));
  expect(scans.join("").length).toBeLessThan(121);
});
