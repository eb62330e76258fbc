import type { Principal, Role } from "./principal.ts";

/**
 * The table of contracts, *Roles*, in one place: routes, the web's menus and the docs derive from it. `own` means that
 * a seller may do it to the products of their own supplier only; queries narrow by `principal.supplierId`.
 */
export const permissions = {
  "catalog:read": { admin: "all", warehouse: "all", sales: "all", supplier: "own" },
  "catalog:write": { admin: "all", warehouse: "all", supplier: "own" },
  "stock:read": { admin: "all", warehouse: "all", sales: "all", supplier: "own" },
  "stock:reserve": { admin: "all", warehouse: "all", sales: "all" },
  "stock:write": { admin: "all", warehouse: "all" },
  "prices:write": { admin: "all" },
  "offers:read": { admin: "all", warehouse: "all", sales: "all" },
  "offers:write": { admin: "all" },
  "stories:write": { admin: "all", sales: "all" },
  "operations:manage": { admin: "all" },
} as const satisfies Record<string, Partial<Record<Role, "all" | "own">>>;

export type Permission = keyof typeof permissions;

/** How far `principal` may go with `permission`: everything, their own rows, or nothing. */
export function reach(principal: Principal, permission: Permission): "all" | "own" | "none" {
  const row: Partial<Record<Role, "all" | "own">> = permissions[permission];
  return row[principal.role] ?? "none";
}
