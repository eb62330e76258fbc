-- Lists by name (prices, stock) would sort all products for a page. No more of a name than a cursor can hold.
create index products_by_name on catalog.products (left(name, 100), id);
