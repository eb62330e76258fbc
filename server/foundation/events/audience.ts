import { reach } from "../auth/permissions.ts";
import type { Principal } from "../auth/principal.ts";
import type { Topic } from "../module.ts";
import { problems } from "../problem.ts";
import type { EventRecord } from "./event-record.ts";

/** Which events a reader gets: every one of some topics, of others only those for their own supplier. */
export interface Audience {
  readonly topics: readonly string[];
  readonly ownTopics: readonly string[];
  readonly supplierId: string | null;
}

/** Throws FORBIDDEN when `principal` may not follow one of `topics`, or is a seller without a supplier. */
export function audienceOf(principal: Principal, topics: readonly Topic[]): Audience {
  const refused = topics.find((topic) => {
    const extent = reach(principal, topic.permission);
    return extent === "none" || (extent === "own" && principal.supplierId === null);
  });
  if (refused !== undefined) throw problems.FORBIDDEN(`Your role does not allow following the topic ${refused.name}.`);
  const namesOf = (extent: "all" | "own") =>
    topics.filter((topic) => reach(principal, topic.permission) === extent).map((topic) => topic.name);
  return { topics: namesOf("all"), ownTopics: namesOf("own"), supplierId: principal.supplierId };
}

export function isFor(audience: Audience, event: EventRecord): boolean {
  if (audience.topics.includes(event.topic)) return true;
  return (
    audience.supplierId !== null && event.supplierId === audience.supplierId && audience.ownTopics.includes(event.topic)
  );
}
