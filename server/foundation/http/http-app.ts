import { OpenAPIHono } from "@hono/zod-openapi";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Identity } from "../auth/identity.ts";
import { registerMe } from "../auth/me-routes.ts";
import { registerProfile } from "../auth/profile-routes.ts";
import { registerSignIn } from "../auth/sign-in-routes.ts";
import { registerUsers } from "../auth/user-routes.ts";
import type { Foundation } from "../foundation.ts";
import { problems } from "../problem.ts";
import { bucketAddress } from "../storage/bucket-address.ts";
import { type LargeBody, limitBodies } from "./body-limit.ts";
import { crossOrigin } from "./cross-origin.ts";
import { httpProblems } from "./errors.ts";
import { type HealthCheckFor, registerHealth } from "./health.ts";
import type { HttpEnv } from "./http-env.ts";
import { identify } from "./identify.ts";
import { observe } from "./observe.ts";
import { registerSecurity } from "./openapi.ts";
import { answerError, answerProblem, refuseInvalid } from "./problem-json.ts";
import { registerReference } from "./reference-page.ts";
import { limitRequests } from "./request-limit.ts";
import { securityHeaders } from "./security-headers.ts";
import { pageFor, registerWeb, type WebFilesOptions } from "./web-files.ts";

/** The parts of the foundation that HTTP itself stands on. */
export type HttpFoundation = Pick<Foundation, "config" | "log" | "metrics" | "database"> & {
  readonly authenticator: Pick<Foundation["authenticator"], "authenticate" | "epochs">;
  readonly limiter: Pick<Foundation["limiter"], "take">;
  readonly settings: Pick<Foundation["settings"], "get">;
};

/** What of a module concerns HTTP; every `Module` is one, over the whole `Foundation`. */
export interface HttpModule<F> {
  readonly routes?: (app: OpenAPIHono<HttpEnv>, foundation: F) => void;
  readonly healthChecks?: readonly HealthCheckFor<F>[];
  readonly largeBodies?: readonly LargeBody[];
}

export interface HttpAppOptions<F extends HttpFoundation> {
  readonly foundation: F;
  readonly modules: readonly HttpModule<F>[];
  /** The embedded identity, with sign-in and users; null when an outside issuer has them. */
  readonly identity: Pick<Identity, "handler"> | null;
  /** Of the product, for the OpenAPI document. */
  readonly version: string;
  /** The folder of the built back office; without it, only the API is served. */
  readonly webRoot?: string;
}

/**
 * All of HTTP in one app, without a socket (`serve` gives it one; tests call `app.request`). Every answer carries
 * `x-request-id` and the security headers, and every failure is a problem (RFC 9457), whoever found it.
 */
export function createHttpApp<F extends HttpFoundation>(options: HttpAppOptions<F>): OpenAPIHono<HttpEnv> {
  const { foundation, modules, identity } = options;
  const { config } = foundation;
  const app = new OpenAPIHono<HttpEnv>({ defaultHook: refuseInvalid });
  app.onError(answerError);
  const web: WebFilesOptions | null =
    options.webRoot === undefined
      ? null
      : {
          webRoot: options.webRoot,
          publicMediaUrl: config.publicMediaUrl,
          privateMediaUrl: config.s3 === null ? null : bucketAddress(config.s3),
        };
  app.notFound(async (c) => {
    const page = web === null ? null : await pageFor(c, web);
    return page ?? answerProblem(c, problems.NOT_FOUND("There is nothing at this address."));
  });

  app.use(observe(foundation));
  app.use(securityHeaders());
  app.use(crossOrigin(config.allowedOrigins));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allow = methods.join(", ");
        return answerProblem(
          c,
          httpProblems.METHOD_NOT_ALLOWED({ detail: `Here only ${allow} is offered.`, headers: { allow } }),
        );
      },
    }),
  );
  app.use(identify(foundation.authenticator));
  app.use(limitRequests(foundation));
  app.use(limitBodies(modules.flatMap((module) => module.largeBodies ?? [])));

  registerSecurity(app);
  registerHealth(
    app,
    foundation,
    modules.flatMap((module) => module.healthChecks ?? []),
  );
  registerReference(app, options.version);
  registerMe(app);
  if (web !== null) registerWeb(app, web);
  if (identity !== null) {
    registerSignIn(app, foundation, identity);
    registerUsers(app, foundation);
    registerProfile(app, foundation);
  }
  for (const module of modules) module.routes?.(app, foundation);
  return app;
}
