import { authorise } from "../foundation/http/authorise.ts";
import { bearer } from "../foundation/http/openapi.ts";

/** What every operator's route has: whoever may manage operations, and nobody else. */
export const operatorAccess = {
  tags: ["Operations"],
  security: bearer,
  middleware: authorise("operations:manage"),
};
