/** Customers see to their own orders; the others are staff, each with what the one before may do, and more. */
export const ROLES = ['customer', 'viewer', 'employee', 'manager', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export type Permission =
  | 'order.read_any'
  | 'order.deliver'
  | 'order.cancel_any'
  | 'inventory.pick'
  | 'product.write'
  | 'dead_letters.read'
  | 'dead_letters.replay'
  | 'user.set_role'
  | 'audit.read';

/** What a role may do that the one before may not. */
const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  customer: [],
  viewer: ['order.read_any'],
  employee: ['inventory.pick', 'order.deliver'],
  manager: ['order.cancel_any', 'product.write', 'dead_letters.read'],
  admin: ['dead_letters.replay', 'user.set_role', 'audit.read'],
};

export function may(role: Role, permission: Permission): boolean {
  return ROLES.slice(0, ROLES.indexOf(role) + 1).some((each) => GRANTED[each].includes(permission));
}

/** A role as it stands in a token or the database; what is unknown has the least. */
export function roleOf(value: unknown): Role {
  return ROLES.find((role) => role === value) ?? 'customer';
}
