import { resolve } from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** A start that cannot go on because of its configuration; the message is one sentence for a person. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConfigError";
  }
}

const processRoles = ["api", "worker"] as const;
export type ProcessRole = (typeof processRoles)[number];

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);
const boolean = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true");
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
const address = (protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      const url = URL.parse(text);
      return url !== null && protocols.includes(url.protocol);
    },
    `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  );
const timeZone = z.string().refine((text) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}, "must be an IANA time zone such as America/Argentina/Buenos_Aires");

const isAddressOrRange = (text: string): boolean => ipaddr.isValid(text) || ipaddr.isValidCIDR(text);

/** Stands in the path of a request. */
const modelId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, "must be the id of a model such as gpt-image-2");

const web = address(["http:", "https:"]);
const postgres = address(["postgres:", "postgresql:"]);

/** Every variable of contracts, *Configuration*: its shape and what holds without it. */
const environment = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: whole(0, 65535).default(4000),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default(".bodega"),
  DATABASE_URL: postgres.optional(),
  DATABASE_DIRECT_URL: postgres.optional(),
  S3_ENDPOINT: web.optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_FORCE_PATH_STYLE: boolean.default(false),
  PUBLIC_MEDIA_URL: web.optional(),
  ROLES: list
    .refine(
      (roles) => roles.length > 0 && roles.every((role) => processRoles.some((known) => known === role)),
      "must be api, worker, or api,worker",
    )
    .transform((roles) => processRoles.filter((role) => roles.includes(role)))
    .default([...processRoles]),
  BODEGA_DEMO: boolean.default(true),
  BODEGA_ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  BODEGA_ADMIN_PASSWORD: z.string().min(8, "must have at least 8 characters").max(128).optional(),
  BODEGA_AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  WORKER_CONCURRENCY: whole(1, 64).default(4),
  AUTH_ISSUER: web.optional(),
  AUTH_AUDIENCE: z.string().min(1).optional(),
  AUTH_JWKS_URL: web.optional(),
  AUTH_ROLE_CLAIM: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, "must be a claim or a dotted path of claims")
    .default("role"),
  INTERNAL_SIGNING_KEYS: list.default([]),
  INTERNAL_ALLOWED_IPS: list.default([]),
  ALLOWED_ORIGINS: list
    .refine(
      (origins) => origins.every((origin) => URL.parse(origin)?.origin === origin),
      "must be origins such as https://shop.example, separated by commas",
    )
    .default([]),
  TRUSTED_PROXIES: list
    .refine((proxies) => proxies.every(isAddressOrRange), "must be addresses or CIDR ranges such as 10.0.0.0/8")
    .default([]),
  NOTIFICATIONS_MODE: z.enum(["real", "log"], "must be real or log").optional(),
  SMTP_URL: address(["smtp:", "smtps:"]).optional(),
  SLACK_WEBHOOK_URL: web.optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1).optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z.string().min(1).optional(),
  TWILIO_BASE_URL: web.optional(),
  GEMINI_API_KEY: z.string().min(1).optional(),
  GEMINI_BASE_URL: web.default("https://generativelanguage.googleapis.com"),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: web.default("https://api.openai.com/v1"),
  GEMINI_COMPATIBLE_ENDPOINT: web.optional(),
  IMAGE_PROVIDER_DEFAULT: z.enum(["gemini", "openai", "sketch"]).optional(),
  IMAGE_PROVIDER_FALLBACK: z.enum(["gemini", "openai", "sketch", "none"]).optional(),
  IMAGE_MODEL_ID_GEMINI: modelId.optional(),
  IMAGE_MODEL_ID_OPENAI: modelId.optional(),
  SHOP_TIMEZONE: timeZone.default(new Intl.DateTimeFormat().resolvedOptions().timeZone),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: web.optional(),
});

/**
 * Names that look like ours; one that starts so and is not in the table is a typing error, not somebody else's variable.
 */
const ownPrefixes = ["BODEGA_", "S3_", "AUTH_", "INTERNAL_", "TWILIO_", "IMAGE_PROVIDER_", "IMAGE_MODEL_", "GEMINI_"];

export interface S3Config {
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly forcePathStyle: boolean;
}

type Environment = Readonly<z.infer<typeof environment>>;

export interface ProviderConfig {
  /** Null: this provider cannot be asked. */
  readonly apiKey: string | null;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Null: the model that this version of Bodega takes. */
  readonly model: string | null;
}

/** Who makes the pictures of stories; the settings `providers.*` come before the two choices here. */
export interface ImageProvidersConfig {
  /** Null: whoever has a key, else `sketch`. */
  readonly defaultProvider: Environment["IMAGE_PROVIDER_DEFAULT"] | null;
  readonly fallbackProvider: Environment["IMAGE_PROVIDER_FALLBACK"] | null;
  readonly gemini: ProviderConfig;
  readonly openai: ProviderConfig;
}

/** The environment, read once and frozen. Field names are those of the variables, in camelCase. */
export interface Config {
  readonly isProduction: boolean;
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** For LISTEN and workers; null: the same as `databaseUrl`. */
  readonly databaseDirectUrl: string | null;
  /** Null: the folder `objects` in `dataDir`. */
  readonly s3: S3Config | null;
  readonly publicMediaUrl: string | null;
  readonly roles: readonly ProcessRole[];
  readonly demo: boolean;
  readonly admin: { readonly email: string | null; readonly password: string | null };
  readonly workerConcurrency: number;
  /** Null issuer: the embedded identity. */
  readonly auth: {
    readonly issuer: string | null;
    readonly audience: string | null;
    readonly jwksUrl: string | null;
    readonly roleClaim: string;
    /** Encrypts the signing keys and signs the cookies of the embedded identity; null: the file in `dataDir`. */
    readonly secret: string | null;
  };
  readonly allowedOrigins: readonly string[];
  /** Addresses or CIDR ranges of the proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly imageProviders: ImageProvidersConfig;
  /** Where text is written, by the chat completions of OpenAI's protocol; without a slash at its end. Null: nowhere. */
  readonly textEndpoint: string | null;
  readonly shopTimeZone: string;
  readonly logLevel: Environment["LOG_LEVEL"];
  readonly otlpEndpoint: string | null;
}

/**
 * Reads and checks the environment. Empty values count as absent. Throws `ConfigError`, one sentence that names the
 * variable and says what is allowed; a value is never repeated in it, since it may be a secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  refuseUnknown(given);
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join(".")} is not valid: ${lowerFirst(issue?.message ?? "unknown")}.`);
  }
  return Object.freeze(toConfig(parsed.data));
}

function refuseUnknown(given: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(given).find(
    (name) => !(name in environment.shape) && ownPrefixes.some((prefix) => name.startsWith(prefix)),
  );
  if (unknown === undefined) return;
  const prefix = ownPrefixes.find((candidate) => unknown.startsWith(candidate)) ?? "";
  const allowed = Object.keys(environment.shape).filter((name) => name.startsWith(prefix));
  throw new ConfigError(`${unknown} is not a setting of Bodega; those that start so are ${allowed.join(", ")}.`);
}

function toConfig(env: Environment): Config {
  if (env.NODE_ENV === "production" && env.NOTIFICATIONS_MODE === "log") {
    throw new ConfigError(
      "NOTIFICATIONS_MODE must be real when NODE_ENV is production: a logged alert reaches nobody.",
    );
  }
  if (env.DATABASE_DIRECT_URL !== undefined && env.DATABASE_URL === undefined) {
    throw new ConfigError("DATABASE_DIRECT_URL is set without DATABASE_URL; set both, or neither.");
  }
  if ((env.AUTH_ISSUER === undefined) !== (env.AUTH_JWKS_URL === undefined)) {
    throw new ConfigError("AUTH_ISSUER and AUTH_JWKS_URL belong together; set both, or neither.");
  }
  if (env.AUTH_ISSUER !== undefined && env.AUTH_AUDIENCE === undefined) {
    throw new ConfigError("AUTH_AUDIENCE is needed with AUTH_ISSUER: without it, tokens for other programs would do.");
  }
  return {
    isProduction: env.NODE_ENV === "production",
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? null,
    s3: toS3(env),
    publicMediaUrl: env.PUBLIC_MEDIA_URL === undefined ? null : withoutSlash(env.PUBLIC_MEDIA_URL),
    roles: env.ROLES,
    demo: env.BODEGA_DEMO,
    admin: { email: env.BODEGA_ADMIN_EMAIL ?? null, password: env.BODEGA_ADMIN_PASSWORD ?? null },
    workerConcurrency: env.WORKER_CONCURRENCY,
    auth: {
      issuer: env.AUTH_ISSUER ?? null,
      audience: env.AUTH_AUDIENCE ?? null,
      jwksUrl: env.AUTH_JWKS_URL ?? null,
      roleClaim: env.AUTH_ROLE_CLAIM,
      secret: env.BODEGA_AUTH_SECRET ?? null,
    },
    allowedOrigins: env.ALLOWED_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    imageProviders: {
      defaultProvider: env.IMAGE_PROVIDER_DEFAULT ?? null,
      fallbackProvider: env.IMAGE_PROVIDER_FALLBACK ?? null,
      gemini: {
        apiKey: env.GEMINI_API_KEY ?? null,
        baseUrl: withoutSlash(env.GEMINI_BASE_URL),
        model: env.IMAGE_MODEL_ID_GEMINI ?? null,
      },
      openai: {
        apiKey: env.OPENAI_API_KEY ?? null,
        baseUrl: withoutSlash(env.OPENAI_BASE_URL),
        model: env.IMAGE_MODEL_ID_OPENAI ?? null,
      },
    },
    textEndpoint: env.GEMINI_COMPATIBLE_ENDPOINT === undefined ? null : withoutSlash(env.GEMINI_COMPATIBLE_ENDPOINT),
    shopTimeZone: env.SHOP_TIMEZONE,
    logLevel: env.LOG_LEVEL,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  };
}

function toS3(env: Environment): S3Config | null {
  const parts = {
    S3_BUCKET: env.S3_BUCKET,
    S3_ACCESS_KEY_ID: env.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: env.S3_SECRET_ACCESS_KEY,
  };
  const missing = Object.entries(parts).filter(([, value]) => value === undefined);
  if (missing.length === Object.keys(parts).length && env.S3_ENDPOINT === undefined) return null;
  if (missing.length > 0) {
    throw new ConfigError(`An S3 store needs ${missing.map(([name]) => name).join(" and ")} as well.`);
  }
  return {
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    bucket: env.S3_BUCKET ?? "",
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");
