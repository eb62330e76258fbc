import type { Permission } from "../feature/feature.ts";
import { shellRoute } from "../routing/routes.ts";
import type { Me } from "./me-query.ts";

export type { Me } from "./me-query.ts";

/** Who is signed in; below the shell there is always somebody, until another page is shown. */
export const useMe = (): Me => shellRoute.useRouteContext({ select: ({ me }) => me });

/** Whether `me` may do it at all; for their own things at least. */
export const may = (me: Me, permission: Permission | undefined): boolean =>
  permission === undefined || Object.hasOwn(me.permissions, permission);

export const useMay = (permission: Permission): boolean => may(useMe(), permission);
