import { describe, expect, it } from "vitest";
import { defaultPlace, placesOf, splitOf } from "./line-location.ts";

const places = placesOf(
  [
    { id: "counter", name: "Mostrador" },
    { id: "store", name: "Trastienda" },
    { id: "van", name: "Camión" },
  ],
  [
    { locationId: "counter", available: "4" },
    { locationId: "store", available: "30" },
  ],
);
const placeOf = (quantity: string, workplace: string | null) => defaultPlace(places, quantity, workplace)?.locationId;

describe("the place of a line", () => {
  it("is where one works, as long as there is enough", () => {
    expect(placeOf("4", "counter")).toBe("counter");
    expect(placeOf("4", "store")).toBe("store");
  });

  it("is where there is enough, when there is not where one works", () => {
    expect(placeOf("4.001", "counter")).toBe("store");
    expect(placeOf("1", "van")).toBe("store");
  });

  it("is where there is most, when there is enough nowhere", () => {
    expect(placeOf("31", "counter")).toBe("store");
  });

  it("is where one works, when there is nothing anywhere, and none without places", () => {
    const empty = places.map((place) => ({ ...place, available: "0" }));
    expect(defaultPlace(empty, "1", "van")?.locationId).toBe("van");
    expect(defaultPlace([], "1", "van")).toBeNull();
  });
});

describe("a line that its place cannot fill", () => {
  const [counter] = places;
  const split = (quantity: string) => (counter === undefined ? null : splitOf(places, counter, quantity));

  it("can be divided with a place that has the rest", () => {
    expect(split("6.5")).toMatchObject({ here: "4", rest: "2.5", from: { locationId: "store" } });
  });

  it("is whole when there is enough, when no other place has the rest, or when it has nothing of it", () => {
    expect(split("4")).toBeNull();
    expect(split("35")).toBeNull();
    const [, , van] = places;
    expect(van === undefined ? null : splitOf(places, van, "1")).toBeNull();
  });
});
