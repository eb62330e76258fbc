-- A scanned SKU is found whatever its case: labels and scanners that print or read capitals alone are common.
create index products_by_sku_whatever_case on catalog.products (lower(sku));
