import { type NewProduct, newProductSchema } from "../schemas.ts";
import type { DemoLanguage } from "./queries.ts";

export interface DemoProduct {
  /** Also the name of its picture in the icon set. */
  readonly slug: string;
  readonly product: NewProduct;
}

/** What the demo shop sells, in that language; the same in every shop, in this order. */
export function demoProducts(language: DemoLanguage): readonly DemoProduct[] {
  return rows.map(([slug, es, en, category, unit, price, cost], index) => {
    const name = { es, en }[language];
    const product = newProductSchema.parse({
      sku: `DEMO-${String(index + 1).padStart(3, "0")}`,
      name,
      description: descriptions[language](name),
      category: categories[category][language],
      gtin: gtinOf(index + 1),
      unit,
      price,
      cost,
    });
    return { slug, product };
  });
}

/**
 * A GTIN-13 of the range that GS1 leaves to shops for their own use (prefix 2, "restricted circulation"), so that it can
 * never be that of a real article.
 */
function gtinOf(number: number): string {
  const digits = `299${String(number).padStart(9, "0")}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const descriptions: Readonly<Record<DemoLanguage, (name: string) => string>> = {
  es: (name) => `${name}. Producto de la tienda de muestra; se puede cambiar o quitar.`,
  en: (name) => `${name}. A product of the demo shop; change it or remove it as you like.`,
};

const categories = {
  produce: { es: "Frutas y verduras", en: "Fruit and vegetables" },
  bakery: { es: "Panadería", en: "Bakery" },
  dairy: { es: "Lácteos y huevos", en: "Dairy and eggs" },
  pantry: { es: "Almacén", en: "Pantry" },
  sweets: { es: "Dulces", en: "Sweets" },
  drinks: { es: "Bebidas", en: "Drinks" },
  household: { es: "Hogar y limpieza", en: "Household" },
  stationery: { es: "Librería", en: "Stationery" },
  garden: { es: "Flores y plantas", en: "Flowers and plants" },
} as const;

type Row = readonly [
  slug: string,
  es: string,
  en: string,
  category: keyof typeof categories,
  unit: NewProduct["unit"],
  price: string,
  cost: string,
];

const rows: readonly Row[] = [
  ["red-apple", "Manzana roja", "Red apple", "produce", "kg", "2.40", "1.30"],
  ["banana", "Banana", "Banana", "produce", "kg", "1.60", "0.85"],
  ["tangerine", "Mandarina", "Tangerine", "produce", "kg", "1.90", "1.05"],
  ["lemon", "Limón", "Lemon", "produce", "kg", "2.10", "1.10"],
  ["watermelon", "Sandía", "Watermelon", "produce", "unit", "4.50", "2.60"],
  ["grapes", "Uva negra", "Black grapes", "produce", "kg", "3.80", "2.20"],
  ["strawberry", "Frutilla", "Strawberries", "produce", "pack", "3.20", "1.90"],
  ["pineapple", "Ananá", "Pineapple", "produce", "unit", "3.60", "2.10"],
  ["kiwi-fruit", "Kiwi", "Kiwi fruit", "produce", "kg", "4.20", "2.55"],
  ["avocado", "Palta", "Avocado", "produce", "unit", "1.50", "0.90"],
  ["tomato", "Tomate perita", "Plum tomato", "produce", "kg", "2.20", "1.15"],
  ["carrot", "Zanahoria", "Carrots", "produce", "kg", "1.20", "0.60"],
  ["potato", "Papa blanca", "White potatoes", "produce", "kg", "1.10", "0.50"],
  ["onion", "Cebolla", "Onions", "produce", "kg", "1.00", "0.45"],
  ["garlic", "Ajo", "Garlic", "produce", "unit", "0.60", "0.30"],
  ["broccoli", "Brócoli", "Broccoli", "produce", "unit", "2.30", "1.35"],
  ["leafy-green", "Lechuga criolla", "Lettuce", "produce", "unit", "1.30", "0.70"],
  ["bell-pepper", "Morrón verde", "Green pepper", "produce", "kg", "3.10", "1.80"],
  ["bread", "Pan de molde", "Sandwich loaf", "bakery", "unit", "2.80", "1.60"],
  ["croissant", "Medialuna", "Croissant", "bakery", "unit", "0.90", "0.45"],
  ["baguette-bread", "Baguette", "Baguette", "bakery", "unit", "1.40", "0.70"],
  ["pretzel", "Pretzel", "Pretzel", "bakery", "unit", "1.20", "0.60"],
  ["cupcake", "Magdalena glaseada", "Frosted cupcake", "bakery", "unit", "1.80", "0.95"],
  ["cheese-wedge", "Queso en horma", "Farmhouse cheese", "dairy", "kg", "11.50", "7.80"],
  ["egg", "Huevos de campo", "Free-range eggs", "dairy", "pack", "3.40", "2.20"],
  ["butter", "Manteca", "Butter", "dairy", "pack", "2.60", "1.70"],
  ["glass-of-milk", "Leche entera 1 l", "Whole milk 1 l", "dairy", "l", "1.30", "0.90"],
  ["ice-cream", "Helado de crema", "Dairy ice cream", "dairy", "unit", "5.90", "3.70"],
  ["honey-pot", "Miel de abejas 500 g", "Honey 500 g", "pantry", "unit", "6.40", "4.10"],
  ["cooked-rice", "Arroz largo fino 1 kg", "Long-grain rice 1 kg", "pantry", "kg", "1.90", "1.20"],
  ["spaghetti", "Fideos spaghetti 500 g", "Spaghetti 500 g", "pantry", "pack", "1.50", "0.85"],
  ["canned-food", "Lentejas en conserva", "Tinned lentils", "pantry", "unit", "1.40", "0.80"],
  ["salt", "Sal fina 500 g", "Table salt 500 g", "pantry", "unit", "0.80", "0.40"],
  ["peanuts", "Maní tostado", "Roasted peanuts", "pantry", "pack", "2.20", "1.25"],
  ["olive", "Aceitunas verdes", "Green olives", "pantry", "unit", "3.30", "2.05"],
  ["popcorn", "Pochoclo", "Popcorn", "pantry", "pack", "1.70", "0.80"],
  ["cookie", "Galletitas con chips", "Chocolate-chip cookies", "sweets", "pack", "2.10", "1.20"],
  ["chocolate-bar", "Chocolate con leche", "Milk chocolate bar", "sweets", "unit", "1.95", "1.10"],
  ["candy", "Caramelos surtidos", "Assorted candy", "sweets", "pack", "1.60", "0.80"],
  ["doughnut", "Dona glaseada", "Glazed doughnut", "sweets", "unit", "1.50", "0.75"],
  ["mate", "Mate con bombilla", "Mate gourd with straw", "drinks", "unit", "14.90", "9.20"],
  ["hot-beverage", "Café molido 250 g", "Ground coffee 250 g", "drinks", "pack", "5.80", "3.60"],
  ["teacup-without-handle", "Té verde en hebras", "Loose-leaf green tea", "drinks", "pack", "4.30", "2.50"],
  ["beverage-box", "Jugo de manzana", "Apple juice", "drinks", "unit", "1.25", "0.70"],
  ["cup-with-straw", "Gaseosa cola", "Cola", "drinks", "unit", "1.90", "1.15"],
  ["wine-glass", "Vino malbec", "Malbec wine", "drinks", "unit", "8.70", "5.40"],
  ["beer-mug", "Cerveza artesanal", "Craft beer", "drinks", "unit", "3.90", "2.40"],
  ["soap", "Jabón de tocador", "Toilet soap", "household", "unit", "1.10", "0.60"],
  ["toothbrush", "Cepillo de dientes", "Toothbrush", "household", "unit", "2.40", "1.20"],
  ["roll-of-paper", "Papel higiénico ×4", "Toilet paper ×4", "household", "pack", "3.10", "1.90"],
  ["sponge", "Esponja de cocina", "Kitchen sponge", "household", "unit", "0.90", "0.40"],
  ["lotion-bottle", "Crema para manos", "Hand lotion", "household", "unit", "4.60", "2.70"],
  ["broom", "Escoba", "Broom", "household", "unit", "5.20", "3.10"],
  ["light-bulb", "Lámpara led 9 W", "LED bulb 9 W", "household", "unit", "2.90", "1.50"],
  ["battery", "Pilas AA ×2", "AA batteries ×2", "household", "pack", "3.20", "1.80"],
  ["candle", "Vela aromática", "Scented candle", "household", "unit", "4.80", "2.60"],
  ["notebook", "Cuaderno rayado", "Lined notebook", "stationery", "unit", "2.70", "1.40"],
  ["pencil", "Lápiz negro", "Pencil", "stationery", "unit", "0.70", "0.30"],
  ["potted-plant", "Planta en maceta", "Potted plant", "garden", "unit", "9.80", "5.90"],
  ["bouquet", "Ramo de flores", "Bouquet", "garden", "unit", "12.50", "7.50"],
];
