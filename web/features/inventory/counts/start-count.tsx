import { dataOf } from "@bodega/sdk";
import { Button, Group, Modal, NativeSelect, Radio, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { LocationSelect } from "../picking/location-select.tsx";
import { useLocations } from "../picking/locations.ts";
import { useWorkplace } from "../shared/use-workplace.ts";
import { beginCount, type CountScope } from "./begin-count.ts";

const scopes = ["all", "category", "scanned"] as const;
type Scope = (typeof scopes)[number];

/** Where, and of what. */
export function StartCount({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(["inventory", "shell"]);
  const format = useFormat();
  const navigate = useNavigate();
  const locations = useLocations();
  const [workplace] = useWorkplace();
  const [chosen, setChosen] = useState("");
  const [scope, setScope] = useState<Scope>("all");
  const [category, setCategory] = useState("");
  const [loaded, setLoaded] = useState(0);
  const waiting = useRef<AbortController>(null);
  const facets = useQuery({
    queryKey: ["inventory", "categories"],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/products/facets", { signal })),
  });
  const categories = facets.data?.categories ?? [];
  const locationId = chosen === "" ? (workplace ?? "") : chosen;
  const begin = useMutation({
    mutationFn: (wanted: CountScope) => {
      waiting.current = new AbortController();
      return beginCount(wanted, setLoaded, waiting.current.signal);
    },
    onSuccess: ({ id }) => void navigate({ to: "/inventory/counts", search: { draft: id } }),
  });
  const close = () => {
    waiting.current?.abort(new DOMException("closed", "AbortError"));
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const location = locations.find(({ id }) => id === locationId);
    if (location === undefined || begin.isPending) return;
    const wanted = { all: "", scanned: null, category: category || (categories[0] ?? "") }[scope];
    begin.mutate({ location, category: wanted });
  };
  return (
    <Modal opened onClose={close} title={t("counts.startTitle")}>
      <form onSubmit={submit}>
        <Stack>
          <LocationSelect label={t("counts.where")} value={locationId} onChange={setChosen} />
          <Radio.Group label={t("counts.what")} value={scope} onChange={(value) => setScope(scopeOf(value))}>
            <Stack gap="xs" mt="xs">
              {scopes.map((each) => (
                <Radio
                  key={each}
                  value={each}
                  label={t(`counts.starts.${each}`)}
                  description={t(`counts.startHints.${each}`)}
                  disabled={each === "category" && categories.length === 0}
                />
              ))}
            </Stack>
          </Radio.Group>
          {scope === "category" && (
            <NativeSelect
              label={t("counts.category")}
              data={categories}
              value={category || categories[0]}
              onChange={(event) => setCategory(event.currentTarget.value)}
            />
          )}
          {begin.isPending && (
            <Waiting label={t("counts.loading", { figure: format.number(loaded) })} onCancel={close} />
          )}
          {begin.error !== null && <ErrorPanel error={begin.error} isCompact />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("shell:save.cancel")}
            </Button>
            <Button type="submit" loading={begin.isPending} disabled={locationId === ""}>
              {t("counts.begin")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const scopeOf = (value: string): Scope => scopes.find((each) => each === value) ?? "all";
