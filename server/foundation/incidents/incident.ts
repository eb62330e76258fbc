export const severities = ["info", "warning", "critical"] as const;
export type Severity = (typeof severities)[number];

export const incidentStates = ["open", "acknowledged", "resolved"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Something that a person must know, with its evidence. */
export interface Incident {
  readonly id: string;
  /** What it is about; one incident per key is unresolved at a time. */
  readonly key: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly title: string;
  readonly state: IncidentState;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** How often it was opened since it is unresolved. */
  readonly count: number;
  readonly traceId: string | null;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: Date | null;
  /** Null when the code found the cause gone. */
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
}

export interface NewIncident {
  /** Up to 200 characters, e.g. `dead-job:4711`. */
  readonly key: string;
  /** e.g. `dead_job`; lower case. */
  readonly kind: string;
  readonly severity: Severity;
  /** One sentence for a person, up to 300 characters. */
  readonly title: string;
  /** Kept up to 16 kB, merged with what is there. */
  readonly evidence: Readonly<Record<string, unknown>>;
}
