import { describe, expect, it } from "vitest";
import { readLook } from "../figure/read-look.ts";
import { readScene, type Scene } from "../scene/read-scene.ts";
import { namedColors } from "./colors.ts";

const hero = readLook("a girl");

function scene(prompt: string): Scene {
  return readScene(prompt, hero);
}

describe("a prompt in either language", () => {
  it.each([
    [
      "Corría por los bosques de noche con su cometa roja",
      "She was running through the woods at night with her red kite",
    ],
    ["Duermen en el dormitorio mientras llueve", "They sleep in the bedroom while it rains"],
    ["Tres mariposas amarillas en el jardín", "Three yellow butterflies in the garden"],
    ["Navega por el mar al atardecer en un barquito azul", "Sailing the sea at sunset in a little blue boat"],
    ["Llora triste en la montaña nevada", "Crying sadly on the snowy mountain"],
  ])("means the same: %s", (spanish, english) => {
    const [one, other] = [scene(spanish), scene(english)];
    expect({ place: one.place, time: one.time, weather: one.weather, pose: one.pose }).toEqual({
      place: other.place,
      time: other.time,
      weather: other.weather,
      pose: other.pose,
    });
    expect(one.things.map(({ name, colors, count }) => ({ name, colors, count }))).toEqual(
      other.things.map(({ name, colors, count }) => ({ name, colors, count })),
    );
  });

  it("gives a colour to the noun that it describes", () => {
    const { things } = scene("un globo verde y una casa de color azul con un árbol");
    expect(things.map(({ name, colors }) => [name, colors])).toEqual([
      ["balloon", [namedColors.green]],
      ["house", [namedColors.blue]],
      ["tree", []],
    ]);
    expect(scene("a red balloon and a big blue house").things).toMatchObject([
      { name: "balloon", colors: [namedColors.red], size: null },
      { name: "house", colors: [namedColors.blue], size: "large" },
    ]);
  });

  it("takes Luna for a name and la luna for the moon", () => {
    expect(scene("Luna pasea").time).toBeNull();
    expect(scene("mira la luna").time).toBe("night");
  });

  it("knows who is spoken of besides the character", () => {
    expect(scene("the girl meets a grey wolf and two owls").friends).toMatchObject([
      { kind: "wolf", colors: [namedColors.gray], count: 1 },
      { kind: "owl", count: 2 },
    ]);
  });
});

describe("a description of a character", () => {
  it.each([
    "Un zorro de pelaje naranja con una bufanda azul, un sombrero verde y botas rojas",
    "An orange fox with a blue scarf, a green hat and red boots",
  ])("dresses it as told: %s", (text) => {
    const look = readLook(text);
    expect(look).toMatchObject({ is: "animal", kind: "fox", fur: namedColors.orange });
    expect(look.wardrobe.scarf?.color).toBe(namedColors.blue);
    expect(look.wardrobe.hat).toMatchObject({ kind: "hat", color: namedColors.green });
    expect(look.wardrobe.boots?.color).toBe(namedColors.red);
  });

  it("leaves out what is denied", () => {
    expect(readLook("a boy without a hat").wardrobe.hat).toBeUndefined();
    expect(readLook("una niña sin gafas").wardrobe.glasses).toBeUndefined();
  });

  it("knows hair, skin, pattern and age", () => {
    expect(readLook("Una abuela de pelo blanco con moño y un vestido azul de lunares blancos")).toMatchObject({
      kind: "grandmother",
      age: "elder",
      hair: namedColors.white,
      hairStyle: "bun",
      wardrobe: { dress: { color: namedColors.blue, pattern: "dots" } },
    });
    expect(readLook("a girl with dark skin, long black hair and a striped shirt")).toMatchObject({
      skin: "#8a5a3e",
      hair: namedColors.black,
      hairStyle: "long",
      wardrobe: { top: { pattern: "stripes" } },
    });
  });

  it("is the same for the same words", () => {
    expect(readLook("a child")).toEqual(readLook("a child"));
  });
});
