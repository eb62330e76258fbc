-- Whoever lost the answer of a movement asks by their key whether it was booked. Neither column ever changes.
create index movements_by_key on inventory.movements (created_by, key) where key is not null;
