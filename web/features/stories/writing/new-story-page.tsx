import { dataOf } from "@bodega/sdk";
import { useMutationKey } from "@bodega/sdk/react";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../../shared/i18n/use-language.ts";
import { Page } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { type ManuscriptValues, manuscriptBody, manuscriptFault } from "./manuscript.ts";
import { ManuscriptFields } from "./manuscript-fields.tsx";

/** A story begins with its title; text and pictures come after. */
export default function NewStoryPage() {
  const { t } = useTranslation("stories");
  const language = useLanguage();
  const navigate = useNavigate();
  const key = useMutationKey("new-story");
  const [values, setValues] = useState<ManuscriptValues>({ title: "", author: "", content: "", language, region: "" });
  const [saysAll, setSaysAll] = useState(false);
  const creation = useMutation({
    mutationFn: async () => {
      const story = await dataOf(
        client.http.POST("/v1/stories", { ...once(key.value()), body: manuscriptBody(values) }),
      );
      key.settle();
      return story;
    },
    onSuccess: ({ id }) => navigate({ to: "/stories/$storyId/text", params: { storyId: id }, replace: true }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaysAll(true);
    if (manuscriptFault(values) === null && !creation.isPending) creation.mutate();
  };
  return (
    <Page title={t("new")}>
      <form onSubmit={submit} noValidate>
        <Panel>
          <ManuscriptFields values={values} onChange={setValues} saysAll={saysAll} />
        </Panel>
        {creation.error !== null && <ErrorPanel error={creation.error} attempt="writing" isCompact />}
        {creation.isPending && <Waiting label={t("write.creating")} />}
        <Button type="submit" mt="md" loading={creation.isPending}>
          {t("write.create")}
        </Button>
      </form>
    </Page>
  );
}
