import type { Foundation } from "../../foundation/foundation.ts";
import type { NewIncident } from "../../foundation/incidents/incident.ts";
import type { Answer } from "./errand.ts";
import type { ImageProvider } from "./provider.ts";

const budgetKey = "image-budget";
const configurationKey = (provider: string): string => `image-provider:${provider}`;

/** What a person must know of how a provider answered; a picture ends what was told before. */
export async function tellOfAnswer(
  { incidents, database: { db } }: Pick<Foundation, "incidents" | "database">,
  provider: ImageProvider,
  answer: Answer,
): Promise<void> {
  const incident = incidentOf(provider, answer);
  if (incident !== null) await incidents.open(db, incident);
  if (answer.outcome !== "image") return;
  await incidents.resolve(db, configurationKey(provider.name));
  if (provider.isPaid) await incidents.resolve(db, budgetKey);
}

function incidentOf({ name, model }: ImageProvider, answer: Answer): NewIncident | null {
  const about = { provider: name, model: model.id };
  switch (answer.outcome) {
    case "configuration":
      return {
        key: configurationKey(name),
        kind: "image_provider_configuration",
        severity: "critical",
        title: `The configuration of the picture provider ${name} is not right: ${answer.reason}`,
        evidence: { ...about, reason: answer.reason, endsOn: model.endsOn, replacement: model.replacement },
      };
    case "bug":
      return {
        key: `image-request:${name}`,
        kind: "image_request_rejected",
        severity: "critical",
        title: `The picture provider ${name} did not understand our request`,
        evidence: { ...about, reason: answer.reason },
      };
    case "budget":
      return {
        key: budgetKey,
        kind: "image_budget",
        severity: "warning",
        title: "What pictures may cost this month is used up; none is bought",
        evidence: about,
      };
    case "image":
    case "policy":
    case "technical":
    case "quota":
      return null;
  }
}
