import { messageOf } from "./failure.ts";

/** One line of the doctor. */
export interface Diagnosis {
  readonly name: string;
  /** `skipped`: there was nothing to look at. */
  readonly state: "ok" | "failed" | "skipped";
  readonly detail: string;
  /** What to do; for those that failed. */
  readonly remedy: string | null;
}

/** A thing to look at; throws when it cannot be looked at, and `remedy` then says what to do. */
export interface Examination {
  readonly name: string;
  readonly remedy: string;
  readonly examine: () => Promise<Omit<Diagnosis, "name" | "remedy"> & { readonly remedy?: string }>;
}

/** Runs an examination; one that throws has failed. */
export async function diagnose({ name, remedy, examine }: Examination): Promise<Diagnosis> {
  try {
    const found = await examine();
    return { name, ...found, remedy: found.state === "failed" ? (found.remedy ?? remedy) : null };
  } catch (error) {
    return { name, state: "failed", detail: messageOf(error), remedy };
  }
}
