import type { Product, ProductChange, ProductImage } from "../model.ts";

/** The fields of a product that a person edits. */
export const productFormFields = [
  "sku",
  "name",
  "description",
  "category",
  "gtin",
  "unit",
  "price",
  "cost",
  "currency",
  "minimumPurchase",
  "supplierId",
  "isActive",
] as const satisfies readonly (keyof Product)[];

export type ProductFormValues = Pick<Product, (typeof productFormFields)[number]>;

/**
 * A form over a product that goes on changing behind it. Two rules (requirement 02, §15.8): what a person has touched is
 * never overwritten, and what nobody has touched follows the product, so that thumbnails appear in an open form. Fields
 * and photos are touched apart.
 */
export interface ProductForm {
  readonly values: ProductFormValues;
  readonly images: readonly ProductImage[];
  readonly touchedFields: readonly (keyof ProductFormValues)[];
  readonly isImagesTouched: boolean;
  /** What the form was filled from: a change is against this. */
  readonly base: ProductFormValues;
  /** Touched fields that someone else has changed meanwhile, so that the person can be told before saving. */
  readonly conflicts: readonly (keyof ProductFormValues)[];
  /** Of the main photo that is shown; a change of it means that something new arrived. */
  readonly thumbnailSignature: string | null;
}

export function openProductForm(product: Product): ProductForm {
  const values = valuesOf(product);
  return {
    values,
    base: values,
    images: product.images,
    touchedFields: [],
    isImagesTouched: false,
    conflicts: [],
    thumbnailSignature: product.images[0]?.thumbnailSignature ?? null,
  };
}

export function setField<Field extends keyof ProductFormValues>(
  form: ProductForm,
  field: Field,
  value: ProductFormValues[Field],
): ProductForm {
  const touchedFields = form.touchedFields.includes(field) ? form.touchedFields : [...form.touchedFields, field];
  return { ...form, values: { ...form.values, [field]: value }, touchedFields };
}

/** The first drag, removal or addition by hand: from here on the photos are the person's. */
export const setImages = (form: ProductForm, images: readonly ProductImage[]): ProductForm => ({
  ...form,
  images,
  isImagesTouched: true,
});

/** What the form becomes when the product is `product` now. The same object when nothing in it changes. */
export function rehydrate(form: ProductForm, product: Product): ProductForm {
  const fields = rehydrateFields(form, valuesOf(product));
  const images = form.isImagesTouched ? withThumbnails(form.images, product.images) : product.images;
  if (fields === form && images === form.images) return form;
  return { ...fields, images, thumbnailSignature: images[0]?.thumbnailSignature ?? null };
}

/** Only what was changed by hand, for `PATCH`; null: nothing was. */
export function changeOf(form: ProductForm): ProductChange | null {
  const changed = form.touchedFields.filter((field) => form.values[field] !== form.base[field]);
  return changed.length === 0 ? null : Object.fromEntries(changed.map((field) => [field, form.values[field]]));
}

function rehydrateFields(form: ProductForm, now: ProductFormValues): ProductForm {
  if (form.touchedFields.length === 0) {
    return isSame(form.base, now) ? form : { ...form, values: now, base: now };
  }
  const conflicts = form.touchedFields.filter(
    (field) => now[field] !== form.base[field] && now[field] !== form.values[field],
  );
  return conflicts.join() === form.conflicts.join() ? form : { ...form, conflicts };
}

/**
 * The photos in the person's order and choice; those whose thumbnails came show them. The same array if none did.
 */
function withThumbnails(mine: readonly ProductImage[], theirs: readonly ProductImage[]): readonly ProductImage[] {
  const images = mine.map((image) => {
    const now = theirs.find(({ id }) => id === image.id);
    const isNews = now !== undefined && now.thumbnailUrl !== null && now.thumbnailUrl !== image.thumbnailUrl;
    if (!isNews) return image;
    const { thumbnails, thumbnailUrl, thumbnailSignature, thumbnailState, placeholder, job } = now;
    return { ...image, thumbnails, thumbnailUrl, thumbnailSignature, thumbnailState, placeholder, job };
  });
  return images.every((image, index) => image === mine[index]) ? mine : images;
}

function valuesOf(product: Product): ProductFormValues {
  const { sku, name, description, category, gtin, unit, price, cost, currency, minimumPurchase, supplierId, isActive } =
    product;
  return { sku, name, description, category, gtin, unit, price, cost, currency, minimumPurchase, supplierId, isActive };
}

const isSame = (one: ProductFormValues, other: ProductFormValues): boolean =>
  productFormFields.every((field) => one[field] === other[field]);
