import { expect, test } from "vitest";
import { nameOf, slugOf } from "./product-names.ts";

test.each([
  ["manzana_roja-2.JPG", "Manzana roja 2"],
  ["IMG_0001.jpeg", "IMG 0001"],
  ["café.molido.png", "Café molido"],
  [".png", ".png"],
])("the file %s is the product «%s»", (fileName, name) => expect(nameOf(fileName)).toBe(name));

test.each([
  ["Ñandú de peluche", "nandu-de-peluche"],
  ["  Café — molido!  ", "cafe-molido"],
  ["日本", "producto"],
])("«%s» is the SKU %s", (name, slug) => expect(slugOf(name)).toBe(slug));
