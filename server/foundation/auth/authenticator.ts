import { errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { z } from "zod";
import type { Foundation } from "../foundation.ts";
import { problems } from "../problem.ts";
import { fetchKeys, KeySet, KeySourceDown } from "./key-set.ts";
import { isRole, type Principal } from "./principal.ts";
import { listSigningKeys } from "./queries.ts";
import { SessionEpochs } from "./session-epochs.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** `iss` and `aud` of the tokens that the embedded identity makes. */
export const ownIssuer = "bodega";
export const ownAudience = "bodega";

const tokenCharactersMax = 8_192;
const clockToleranceSeconds = 5;

/**
 * Says who a bearer token stands for, without asking anyone but our own database: signature against cached keys,
 * algorithm pinned, issuer, audience, expiry, and the user's session epoch (contracts, *Roles*). The issuer is the
 * embedded identity, or the one that `AUTH_ISSUER` names.
 */
export class Authenticator {
  readonly epochs: SessionEpochs;
  readonly #keys: KeySet;
  readonly #verification: JWTVerifyOptions;
  readonly #rolePath: readonly string[];
  readonly #isEmbedded: boolean;
  readonly #verified = new VerifiedTokens();

  constructor(foundation: Pick<Foundation, "config" | "database" | "log">) {
    const { config, database, log } = foundation;
    const { issuer, audience, jwksUrl, roleClaim } = config.auth;
    this.#isEmbedded = issuer === null;
    this.epochs = new SessionEpochs(database);
    this.#keys = new KeySet({
      log,
      read: (signal) => (jwksUrl === null ? ownKeys(database.db) : fetchKeys(jwksUrl, signal)),
    });
    this.#verification = {
      algorithms: issuer === null ? ["ES256"] : ["ES256", "RS256"],
      issuer: issuer ?? ownIssuer,
      audience: issuer === null ? ownAudience : (audience ?? ownAudience),
      requiredClaims: ["sub", "exp", "iat"],
      clockTolerance: clockToleranceSeconds,
    };
    this.#rolePath = issuer === null ? ["role"] : roleClaim.split(".");
  }

  /**
   * Throws `UNAUTHENTICATED` for a token that is not good, `FORBIDDEN` for a good one that names no role of ours,
   * `SERVICE_UNAVAILABLE` when no key could be read yet.
   */
  async authenticate(bearerToken: string): Promise<Principal> {
    const payload = await this.#verify(bearerToken);
    const userId = payload.sub ?? "";
    if (userId === "" || userId.length > 255) throw problems.UNAUTHENTICATED("The token names no user.");
    await this.#refuseRevoked(userId, payload);
    return this.#principalOf(userId, payload);
  }

  /** Ends every session and token of the user; every instance knows within 5 s. */
  async revokeSessions(userId: string): Promise<void> {
    await this.epochs.revoke(userId);
  }

  async #verify(token: string): Promise<JWTPayload> {
    if (token.length > tokenCharactersMax) throw problems.UNAUTHENTICATED("The token is too long.");
    const verified = this.#verified.get(token);
    if (verified !== null) return verified;
    try {
      const { payload } = await jwtVerify(token, this.#keys.keyOf, this.#verification);
      this.#verified.add(token, payload);
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw problems.UNAUTHENTICATED("The token has expired; get a new one.");
      if (error instanceof KeySourceDown) {
        throw problems.SERVICE_UNAVAILABLE({
          detail: "The issuer's keys cannot be read right now.",
          headers: { "retry-after": "5" },
          cause: error,
        });
      }
      if (error instanceof errors.JOSEError || error instanceof TypeError) {
        throw problems.UNAUTHENTICATED({ detail: "The token is not one that is accepted here.", cause: error });
      }
      throw error;
    }
  }

  async #refuseRevoked(userId: string, payload: JWTPayload): Promise<void> {
    const { epoch, revokedBefore } = await this.epochs.of(userId);
    const issuedAtMs = (payload.iat ?? 0) * 1000;
    const isCurrent = this.#isEmbedded
      ? typeof payload.ses_epoch === "number" && payload.ses_epoch >= epoch
      : revokedBefore === null || issuedAtMs >= revokedBefore.getTime();
    if (!isCurrent) throw problems.UNAUTHENTICATED("The session was ended; sign in again.");
  }

  #principalOf(userId: string, payload: JWTPayload): Principal {
    const role = claimAt(payload, this.#rolePath);
    if (!isRole(role)) throw problems.FORBIDDEN("Your account has no role in this shop; ask an administrator for one.");
    // The supplier stands beside the role, wherever that is: `app_metadata.role`, `app_metadata.supplier_id`.
    const supplierId = supplierShape.safeParse(claimAt(payload, [...this.#rolePath.slice(0, -1), "supplier_id"]));
    if (role === "supplier" && !supplierId.success) {
      throw problems.FORBIDDEN("Your account has the role of a supplier, but names none; ask an administrator.");
    }
    return {
      userId,
      role,
      supplierId: role === "supplier" ? (supplierId.data ?? null) : null,
      email: typeof payload.email === "string" ? payload.email : null,
    };
  }
}

const supplierShape = z.guid();

function claimAt(payload: JWTPayload, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined,
    payload,
  );
}

/** The public halves of the keys in `platform.jwks`, as a JWKS. */
export async function ownKeys(db: Foundation["database"]["db"]): Promise<JSONWebKeySet> {
  const rows = await listSigningKeys(db);
  return {
    keys: rows.map((row) => ({
      ...publicKeyShape.parse(JSON.parse(row.publicKey)),
      kid: row.id,
      alg: row.alg ?? "ES256",
      use: "sig",
    })),
  };
}

/** Only what a P-256 public key has: whatever else a row might hold never gets out. */
const publicKeyShape = z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: z.string(), y: z.string() });
