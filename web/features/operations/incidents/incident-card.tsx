import { Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { useUserName } from "../../../shared/session/user-name.tsx";
import { type Incident, operationsKeys } from "../queries.ts";
import { severityTones } from "../tones.ts";
import { incidentKind, incidentSays } from "../words.ts";
import styles from "./incidents-page.module.css";
import { ResolveDialog } from "./resolve-dialog.tsx";

export function IncidentCard({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation("operations");
  const says = incidentSays(incident, t);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <Title order={3}>{incidentKind(incident.kind, t)}</Title>
        <Chip tone={severityTones[incident.severity]}>{t(`incidents.severity.${incident.severity}`)}</Chip>
        <Chip tone={incident.state === "resolved" ? "good" : "neutral"}>{t(`incidents.state.${incident.state}`)}</Chip>
      </div>
      {says === null ? <Text lang="en">{incident.title}</Text> : <Text>{says}</Text>}
      <p className={styles.when}>
        <span>
          {t("incidents.opened")} <RelativeTime at={incident.openedAt} />
        </span>
        <span>{t("incidents.times", { count: incident.count })}</span>
        {incident.count > 1 && (
          <span>
            {t("incidents.lastSeen")} <RelativeTime at={incident.lastSeenAt} />
          </span>
        )}
        <Ending incident={incident} />
      </p>
      <details className={styles.evidence}>
        <summary>{t("incidents.evidence")}</summary>
        {says !== null && (
          <Text size="xs">
            {t("incidents.server")}: <span lang="en">{incident.title}</span>
          </Text>
        )}
        <pre>{JSON.stringify({ ...incident.evidence, traceId: incident.traceId }, null, 2)}</pre>
      </details>
      {incident.state !== "resolved" && <Actions incident={incident} />}
    </li>
  );
}

function Ending({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation("operations");
  const nameOf = useUserName();
  if (incident.state === "acknowledged") {
    return <span>{t("incidents.acknowledgedBy", { who: nameOf(incident.acknowledgedBy ?? "") })}</span>;
  }
  if (incident.state !== "resolved") return null;
  if (incident.resolvedBy === null) return <span>{t("incidents.resolvedItself")}</span>;
  return (
    <span>
      {t("incidents.resolvedBy", { who: nameOf(incident.resolvedBy) })}
      {incident.resolution !== null && <> · {incident.resolution}</>}
    </span>
  );
}

function Actions({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation("operations");
  const [isResolving, setIsResolving] = useState(false);
  const acknowledge = useAction({
    name: "acknowledge-incident",
    target: ({ id }: Incident) => id,
    run: ({ id }, { idempotencyKey }) =>
      client.http.POST("/v1/operations/incidents/{id}/acknowledge", {
        params: { path: { id } },
        ...once(idempotencyKey),
      }),
    refreshes: [operationsKeys.incidents],
  });
  return (
    <Group gap="xs">
      <Button size="xs" variant="light" onClick={() => setIsResolving(true)}>
        {t("incidents.resolve")}
      </Button>
      {incident.state === "open" && (
        <Button
          size="xs"
          variant="default"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate(incident)}
        >
          {t("incidents.acknowledge")}
        </Button>
      )}
      {isResolving && <ResolveDialog incident={incident} onClose={() => setIsResolving(false)} />}
    </Group>
  );
}
