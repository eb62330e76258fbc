import { useState } from "react";
import {
  changeOf,
  openProductForm,
  type ProductForm,
  type ProductFormValues,
  rehydrate,
  setField,
  setImages,
} from "../forms/product-form.ts";
import type { Product, ProductChange, ProductImage } from "../model.ts";

export interface ProductFormHandle extends ProductForm {
  readonly set: <Field extends keyof ProductFormValues>(field: Field, value: ProductFormValues[Field]) => void;
  readonly setImages: (images: readonly ProductImage[]) => void;
  /** Starts over from the product as it is now, for example once it is saved. */
  readonly reset: (product: Product) => void;
  /** What was changed by hand; null: nothing. */
  readonly change: ProductChange | null;
}

/** A form that follows its product where nobody has touched it, and is never overwritten where somebody has. */
export function useProductForm(product: Product): ProductFormHandle {
  const [form, setForm] = useState(() => openProductForm(product));
  const [seen, setSeen] = useState(product);
  if (seen !== product) {
    setSeen(product);
    setForm(seen.id === product.id ? rehydrate(form, product) : openProductForm(product));
  }
  return {
    ...form,
    set: (field, value) => setForm((current) => setField(current, field, value)),
    setImages: (images) => setForm((current) => setImages(current, images)),
    reset: (saved) => setForm(openProductForm(saved)),
    change: changeOf(form),
  };
}
