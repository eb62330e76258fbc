export const jobStates = ["waiting", "scheduled", "retrying", "running", "dead"] as const;
export type JobState = (typeof jobStates)[number];

export const incidentFilters = ["unresolved", "open", "acknowledged", "resolved"] as const;
export type IncidentFilter = (typeof incidentFilters)[number];

/** Whether what an address says is one of what there is. */
export const isOneOf = <const Choice>(choices: readonly Choice[], value: unknown): value is Choice =>
  choices.some((choice) => choice === value);
