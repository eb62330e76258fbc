/** The four roles of a shop (contracts, *Roles*). Deny by default: whoever has none of them may do nothing. */
export const roles = ["admin", "warehouse", "sales", "supplier"] as const;
export type Role = (typeof roles)[number];

/** Who asks. `supplierId` is set for the role `supplier` alone: the seller whose products they manage. */
export interface Principal {
  readonly userId: string;
  readonly role: Role;
  readonly supplierId: string | null;
  readonly email: string | null;
}

export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);
