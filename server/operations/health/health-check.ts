import type { Schedule } from "../../foundation/module.ts";
import type { Component } from "./components.ts";
import { type ExaminedComponent, examineHealth } from "./health-report.ts";

/**
 * Tells a person of every component that fails, as the incident `health:<name>`, and resolves it once the component is
 * well again; one that is only degraded changes nothing, so that an incident does not flicker. The component that counts
 * incidents opens none: it would keep itself alive.
 */
export const healthCheck = (components: readonly Component[]): Schedule => ({
  name: "health_check",
  cron: "*/5 * * * *",
  timeLimitMs: 60_000,
  missedTicks: "none",
  run: async ({ foundation, signal }) => {
    const watched = components.filter(({ name }) => name !== "incidents");
    const report = await examineHealth(foundation, watched, signal);
    const failing = report.components.filter(({ state }) => state === "failing");
    const well = report.components.filter(({ state }) => state === "ok");
    await foundation.database.transaction(async (tx) => {
      for (const component of failing) await foundation.incidents.open(tx, incidentOf(component));
      for (const { name } of well) await foundation.incidents.resolve(tx, incidentKey(name));
    });
    return {
      score: report.score,
      failing: failing.length,
      degraded: report.components.length - failing.length - well.length,
    };
  },
});

const incidentKey = (component: string): string => `health:${component}`;

const incidentOf = ({ name, summary, facts }: ExaminedComponent) => ({
  key: incidentKey(name),
  kind: "health",
  severity: "critical" as const,
  title: `${name} is failing: ${summary}`.slice(0, 300),
  evidence: { component: name, ...facts },
});
