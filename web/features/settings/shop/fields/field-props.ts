/** What every field is given. */
export interface FieldProps {
  /** The element that names it. */
  readonly labelId: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
