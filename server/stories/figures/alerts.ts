import type { Foundation } from "../../foundation/foundation.ts";
import type { NewIncident } from "../../foundation/incidents/incident.ts";
import { storyAlerts } from "../settings.ts";
import { countStoriesWithoutConsistency, readProviderFigures, readStoryFigures } from "./queries.ts";

const windowHours = 24;

interface Alert {
  readonly incident: NewIncident;
  readonly isRaised: boolean;
}

/**
 * Looks at the last 24 hours and keeps one incident open for each thing that is not as it should be (requirement 05,
 * *Latencia y tasa de éxito*): too many fallbacks, a slow Gemini, stories whose character is not the same throughout, any
 * refusal by a policy. What is well again is resolved. Answers how many are raised.
 */
export async function raiseStoryAlerts(
  foundation: Pick<Foundation, "database" | "incidents" | "settings">,
): Promise<{ readonly raised: number; readonly resolved: number }> {
  const { database, incidents } = foundation;
  const alerts = await readAlerts(foundation);
  let resolved = 0;
  for (const { incident, isRaised } of alerts) {
    await database.transaction(async (tx) => {
      if (isRaised) await incidents.open(tx, incident);
      else if (await incidents.resolve(tx, incident.key)) resolved += 1;
    });
  }
  return { raised: alerts.filter(({ isRaised }) => isRaised).length, resolved };
}

async function readAlerts({
  database,
  settings,
}: Pick<Foundation, "database" | "settings">): Promise<readonly Alert[]> {
  const { db } = database;
  const { fallbackRatioMax, geminiP95MsMax, consistencyLostStoriesMax } = await settings.get(storyAlerts);
  const { pictures, fallbacks, policyBlocks } = await readStoryFigures(db, windowHours);
  const gemini = (await readProviderFigures(db, windowHours)).find(({ provider }) => provider === "gemini");
  const p95Ms = gemini?.latencyP95Ms ?? 0;
  const fallbackRatio = pictures === 0 ? 0 : fallbacks / pictures;
  const inARow = await countStoriesWithoutConsistency(db, consistencyLostStoriesMax);
  return [
    {
      isRaised: fallbackRatio > fallbackRatioMax,
      incident: {
        key: "stories-fallback-ratio",
        kind: "stories_fallback_ratio",
        severity: "warning",
        title: "More pictures than usual come from the fallback provider.",
        evidence: { windowHours, pictures, fallbacks, fallbackRatio, fallbackRatioMax },
      },
    },
    {
      isRaised: p95Ms > geminiP95MsMax,
      incident: {
        key: "stories-gemini-latency",
        kind: "stories_gemini_latency",
        severity: "critical",
        title: "Gemini takes long for its pictures.",
        evidence: { windowHours, latencyP95Ms: p95Ms, latencyP95MsMax: geminiP95MsMax, calls: gemini?.calls ?? 0 },
      },
    },
    {
      isRaised: inARow >= consistencyLostStoriesMax,
      incident: {
        key: "stories-consistency-lost",
        kind: "stories_consistency_lost",
        severity: "critical",
        title: "The latest stories were made without the picture of their character.",
        evidence: { storiesInARow: inARow },
      },
    },
    {
      isRaised: policyBlocks > 0,
      incident: {
        key: "stories-policy-blocks",
        kind: "stories_policy_blocks",
        severity: "warning",
        title: "Descriptions were refused by a provider's policy in the last 24 hours.",
        evidence: { windowHours, policyBlocks },
      },
    },
  ];
}
