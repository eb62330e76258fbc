import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import { jwt } from "better-auth/plugins";
import { ConfigError } from "../../config.ts";
import type { Foundation } from "../foundation.ts";
import type { Logger } from "../telemetry/logger.ts";
import { ownAudience, ownIssuer } from "./authenticator.ts";
import { findTokenClaims, findUser } from "./queries.ts";

export const passwordLength = { min: 8, max: 128 } as const;
export const tokenLifetime = "15m";

const dayInSeconds = 86_400;

/**
 * The embedded identity: users with email and password, session cookies, and the tokens that `Authenticator` verifies.
 * better-auth does the passwords, the cookies and the signing; which of its endpoints there are, and in what shape, is
 * decided in `sign-in-routes.ts`.
 */
export type Identity = Awaited<ReturnType<typeof createIdentity>>;

/**
 * `secret` is that of `readAuthSecret`. Makes the first signing key if there is none. Throws `ConfigError` when the keys
 * in the database were encrypted with another secret.
 */
export async function createIdentity(foundation: Pick<Foundation, "database" | "log">, secret: string) {
  const { database, log } = foundation;
  const auth = betterAuth({
    appName: "Bodega",
    basePath: "/auth",
    secret,
    database: { db: database.db, type: "postgres", schemaName: "platform", transaction: true },
    telemetry: { enabled: false },
    logger: { level: "warn", log: (level, message) => toLog(log, level, message) },
    // Ours stand in front: `RateLimiter` is shared by all instances, `refuseForeignOrigin` knows the proxies.
    rateLimit: { enabled: false },
    advanced: {
      disableCSRFCheck: true,
      disableOriginCheck: true,
      cookiePrefix: "bodega",
      // `Secure` is added per request, behind TLS only.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { disableIpTracking: true },
      database: { generateId: false },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    ...tables,
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const user = await findUser(database.db, session.userId);
            return user !== undefined && user.disabledAt === null ? undefined : false;
          },
        },
      },
    },
    plugins: [
      jwt({
        disableSettingJwtHeader: true,
        jwks: {
          keyPairConfig: { alg: "ES256" },
          rotationInterval: 90 * dayInSeconds,
          gracePeriod: 30 * dayInSeconds,
        },
        jwt: {
          issuer: ownIssuer,
          audience: ownAudience,
          expirationTime: tokenLifetime,
          definePayload: async ({ session }) => {
            const claims = await findTokenClaims(database.db, session.id);
            // The session was ended between the moment its cookie was read and this one.
            if (claims === undefined) throw new APIError("UNAUTHORIZED");
            const { email, role, supplierId, epoch } = claims;
            return { email, role, supplier_id: supplierId, ses_epoch: epoch };
          },
        },
        schema: {
          jwks: {
            modelName: "jwks",
            fields: {
              publicKey: "public_key",
              privateKey: "private_key",
              createdAt: "created_at",
              expiresAt: "expires_at",
            },
          },
        },
      }),
    ],
  });
  await proveSecret(() => auth.api.signJWT({ body: { payload: { sub: "start", aud: "nobody" } } }));
  return auth;
}

/** Signs once: makes the first key, or finds that the present secret does not open the newest one. */
async function proveSecret(sign: () => Promise<unknown>): Promise<void> {
  try {
    await sign();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes("decrypt")) throw error;
    throw new ConfigError(
      "BODEGA_AUTH_SECRET (or the file auth-secret in DATA_DIR) is not the one that the signing keys in the database " +
        "were encrypted with; give every replica the same.",
    );
  }
}

function toLog(log: Logger, level: "debug" | "info" | "warn" | "error", message: string): void {
  // A wrong password is the caller's matter, and the access log has its 401.
  if (level === "warn") log.debug({ from: "better-auth" }, message);
  else log[level]({ from: "better-auth" }, message);
}

/** better-auth's tables under our names (0002_create_identity.sql). */
const tables = {
  user: {
    modelName: "users",
    fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    // Users are made by `user-accounts.ts` alone; named here so that better-auth's look at the schema finds all in order.
    additionalFields: { role: { type: "string", required: true, input: false } },
  },
  session: {
    modelName: "sessions",
    expiresIn: 7 * dayInSeconds,
    updateAge: dayInSeconds,
    fields: {
      userId: "user_id",
      expiresAt: "expires_at",
      ipAddress: "ip_address",
      userAgent: "user_agent",
      createdAt: "created_at",
      updatedAt: "updated_at",
    },
  },
  account: {
    modelName: "accounts",
    fields: {
      userId: "user_id",
      providerId: "provider_id",
      accountId: "account_id",
      accessToken: "access_token",
      refreshToken: "refresh_token",
      idToken: "id_token",
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
      createdAt: "created_at",
      updatedAt: "updated_at",
    },
  },
  verification: {
    modelName: "verifications",
    fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
  },
} as const;
