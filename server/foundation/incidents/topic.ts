import type { Topic } from "../module.ts";

/** `{ incidentId, key, kind, severity, title, state, phase }`, phase `opened`, `escalated`, `acknowledged`, `resolved`. */
export const incidentTopic: Topic = { name: "incidents", permission: "operations:manage" };
