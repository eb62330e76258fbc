import type { Principal } from "../../foundation/auth/principal.ts";
import type { Executor } from "../../foundation/database/database.ts";
import { problems } from "../../foundation/problem.ts";
import { rethrowAsProblem } from "../errors.ts";
import type { NewProduct, ProductChange } from "../schemas.ts";
import {
  findProduct,
  insertProduct,
  lockProduct,
  markProductDeleted,
  type ProductRow,
  updateProduct,
} from "./queries.ts";

/** A product that is for sale and that the caller can see; throws NOT_FOUND. */
export async function requireProduct(tx: Executor, productId: string): Promise<ProductRow> {
  const product = await findProduct(tx, productId);
  if (product === null || product.deletionStatus !== "active") throw problems.NOT_FOUND("No product has this id.");
  return product;
}

/**
 * Creates a product. A seller's products are their own, whatever the request says; only they may leave the supplier out.
 *
 * @throws Problem CONFLICT (sku), FORBIDDEN, VALIDATION_FAILED
 */
export async function createProduct(
  tx: Executor,
  product: NewProduct,
  principal: Principal | null,
): Promise<ProductRow> {
  const supplierId = product.supplierId ?? principal?.supplierId ?? null;
  const id = await insertProduct(tx, { ...product, supplierId }).catch(rethrowAsProblem);
  return requireProduct(tx, id);
}

/**
 * Changes what `change` names. `requireCurrent` is given the product's present version while its row is locked, and
 * throws when the caller has seen another one.
 */
export async function changeProduct(
  tx: Executor,
  productId: string,
  change: ProductChange,
  requireCurrent: (present: { readonly version: number; readonly imagesRevision: number }) => void,
): Promise<ProductRow> {
  const present = await lockProduct(tx, productId);
  if (present === null) throw problems.NOT_FOUND("No product has this id.");
  requireCurrent(present);
  const isChanged = await updateProduct(tx, productId, change).catch(rethrowAsProblem);
  if (!isChanged) throw problems.FORBIDDEN();
  return requireProduct(tx, productId);
}

/** Takes a product off the catalogue; it is purged, photos and all, after the grace time. */
export async function deleteProduct(tx: Executor, productId: string): Promise<void> {
  await requireProduct(tx, productId);
  const isDeleted = await markProductDeleted(tx, productId).catch(rethrowAsProblem);
  if (!isDeleted) throw problems.FORBIDDEN();
}
