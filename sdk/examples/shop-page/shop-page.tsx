import { BodegaProvider, type BodegaProviderProps, ProductImage, useProducts } from "@bodega/sdk/react";

export const ShopPage = (props: BodegaProviderProps) => (
  <BodegaProvider {...props}>
    <Shelf />
  </BodegaProvider>
);

function Shelf() {
  return useProducts().products.map((product) => (
    <figure key={product.id}>
      <ProductImage product={product} width={190} /> {product.name}, {product.price} {product.currency}
    </figure>
  ));
}
