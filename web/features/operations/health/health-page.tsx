import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { type Health, healthQuery } from "../queries.ts";
import { healthTones } from "../tones.ts";
import { componentName, componentSays, healthSentence } from "../words.ts";
import styles from "./health-page.module.css";

export default function HealthPage() {
  return <Queried query={useQuery(healthQuery)}>{(health) => <HealthReport health={health} />}</Queried>;
}

function HealthReport({ health }: { readonly health: Health }) {
  const { t } = useTranslation("operations");
  return (
    <>
      <section className={styles.summary} data-state={health.state}>
        <Title order={2} className={styles.sentence}>
          {healthSentence(health, t)}
        </Title>
        <Text c="dimmed">
          {t("health.score", { score: health.score })} · {t("health.checked")} <RelativeTime at={health.checkedAt} />
        </Text>
      </section>
      <ul className={styles.components}>
        {health.components.map((component) => (
          <Component key={component.name} component={component} />
        ))}
      </ul>
    </>
  );
}

function Component({ component }: { readonly component: Health["components"][number] }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const facts = Object.entries(component.facts);
  return (
    <li className={styles.component}>
      <div className={styles.head}>
        <Title order={3}>{componentName(component.name, t)}</Title>
        <Chip tone={healthTones[component.state]}>{t(`states.${component.state}`)}</Chip>
      </div>
      <Text>{componentSays(component, t)}</Text>
      {facts.length > 0 && (
        <details className={styles.facts}>
          <summary>{t("health.facts")}</summary>
          <dl>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt lang="en">{name}</dt>
                <dd>{typeof value === "number" ? format.number(value) : value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}
