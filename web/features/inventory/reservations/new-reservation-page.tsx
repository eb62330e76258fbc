import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../shared/page/panel.tsx";
import { LocationSelect } from "../picking/location-select.tsx";
import { LinesEditor } from "../shared/lines-editor.tsx";
import { useSubmitKey } from "../shared/use-submit-key.ts";
import { useWorkplace } from "../shared/use-workplace.ts";
import { WorkStatus } from "../shared/work-status.tsx";
import { LinePlace } from "./line-place.tsx";
import { ReservedNow } from "./reserved-now.tsx";
import { useNewReservation } from "./use-new-reservation.ts";

const durations = ["900", "3600", "14400", "86400", "604800"] as const;

/**
 * Puts goods aside, all lines or none. It is not shown as done before the server says so; a second click, a reload or an
 * answer that got lost make no second reservation.
 */
export default function NewReservationPage() {
  const { t } = useTranslation("inventory");
  const [workplace, setWorkplace] = useWorkplace();
  const form = useNewReservation(workplace);
  const { draft, change, work } = form;
  const isLocked = work.phase !== "idle";
  useSubmitKey(form.submit);
  if (form.reservedId !== null) return <ReservedNow id={form.reservedId} onAgain={form.again} />;
  return (
    <Panel title={t("reservations.new")}>
      <form
        noValidate
        aria-label={t("reservations.new")}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          form.submit();
        }}
      >
        <Stack gap="md">
          <Group grow preventGrowOverflow={false} align="flex-start">
            <TextInput
              label={t("reservations.form.reference")}
              placeholder={t("reservations.form.referenceHint")}
              value={draft.reference}
              maxLength={200}
              disabled={isLocked}
              onChange={(event) => change({ reference: event.currentTarget.value })}
            />
            <LocationSelect
              label={t("reservations.form.location")}
              value={workplace ?? ""}
              onChange={setWorkplace}
              isDisabled={isLocked}
            />
            <NativeSelect
              label={t("reservations.form.duration")}
              value={draft.seconds}
              disabled={isLocked}
              onChange={({ currentTarget: { value } }) => change({ seconds: value })}
              data={durations.map((value) => ({ value, label: t(`reservations.form.durations.${value}`) }))}
            />
          </Group>
          <LinesEditor
            lines={draft.lines}
            onChange={form.changeLines}
            problemOf={form.problemOf}
            placeOf={(line) => {
              const { places, place } = form.placesOf(line);
              return (
                <LinePlace
                  line={line}
                  places={places}
                  place={place}
                  isLocked={isLocked}
                  onChoose={(locationId) => form.choosePlace(line.id, locationId)}
                  onSplit={(split) => place !== null && form.divide(line.id, place, split)}
                />
              );
            }}
            isLocked={isLocked}
          />
          {work.isBusy && (
            <Text fw={600} role="status">
              {t("reservations.form.sending")}
            </Text>
          )}
          <WorkStatus work={work} label={t("reservations.form.sending")} />
          <Group justify="flex-end">
            <Button
              type="submit"
              size="md"
              loading={work.isBusy || form.isWaiting}
              disabled={draft.lines.length === 0 || work.phase === "unknown"}
            >
              {t("reservations.form.submit", { count: draft.lines.length })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
