/** What values a setting takes, as the server says it (JSON Schema). */
export type ValueSchema = Readonly<Record<string, unknown>>;

/** A field that may be left empty has a value for that: null, or a word. */
interface MaybeEmpty {
  readonly none?: null | string;
}

export interface NumberKind extends MaybeEmpty {
  readonly kind: "number";
  readonly isWhole: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

export interface TextKind extends MaybeEmpty {
  readonly kind: "text";
  readonly lengthMax: number | null;
}

/** The kind of field that fits a schema. */
export type FieldKind =
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "switch" }
  | NumberKind
  | TextKind
  | { readonly kind: "group"; readonly fields: readonly (readonly [name: string, schema: ValueSchema])[] }
  | { readonly kind: "list"; readonly item: ValueSchema; readonly countMax: number | null }
  /** Nothing better is known. */
  | { readonly kind: "json" };

export function fieldKindOf(schema: ValueSchema): FieldKind {
  const { enum: choices, anyOf, type, properties, items } = schema;
  if (isTexts(choices)) return { kind: "choice", choices };
  if (Array.isArray(anyOf)) return maybeEmpty(anyOf);
  switch (type) {
    case "boolean":
      return { kind: "switch" };
    case "integer":
    case "number":
      return {
        kind: "number",
        isWhole: type === "integer",
        min: numberOr(schema.minimum, numberOr(schema.exclusiveMinimum, null)),
        max: schema.maximum === Number.MAX_SAFE_INTEGER ? null : numberOr(schema.maximum, null),
      };
    case "string":
      return { kind: "text", lengthMax: numberOr(schema.maxLength, null) };
    case "object":
      return isSchemas(properties) ? { kind: "group", fields: Object.entries(properties) } : { kind: "json" };
    case "array":
      return isSchema(items)
        ? { kind: "list", item: items, countMax: numberOr(schema.maxItems, null) }
        : { kind: "json" };
    default:
      return { kind: "json" };
  }
}

/** What a new entry of a list begins with: the least that fits. */
export function firstValueOf(schema: ValueSchema): unknown {
  const field = fieldKindOf(schema);
  switch (field.kind) {
    case "choice":
      return field.choices[0] ?? "";
    case "switch":
      return false;
    case "number":
      return field.none === undefined ? (field.min ?? 0) : field.none;
    case "text":
      return field.none === undefined ? "" : field.none;
    case "group":
      return Object.fromEntries(field.fields.map(([name, each]) => [name, firstValueOf(each)]));
    case "list":
      return [];
    case "json":
      return null;
  }
}

/** A number or a text, of which the other of the two says that there is none. */
function maybeEmpty(either: readonly unknown[]): FieldKind {
  const schemas = either.filter(isSchema);
  const none = schemas.find((each) => each.type === "null" || typeof each.const === "string");
  const some = schemas.find((each) => each !== none);
  if (schemas.length !== 2 || none === undefined || some === undefined) return { kind: "json" };
  const field = fieldKindOf(some);
  if (field.kind !== "number" && field.kind !== "text") return { kind: "json" };
  return { ...field, none: typeof none.const === "string" ? none.const : null };
}

const isSchema = (value: unknown): value is ValueSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSchemas = (value: unknown): value is Readonly<Record<string, ValueSchema>> =>
  isSchema(value) && Object.values(value).every(isSchema);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

const numberOr = <T>(value: unknown, other: T): number | T => (typeof value === "number" ? value : other);
