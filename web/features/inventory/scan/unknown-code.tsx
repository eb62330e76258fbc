import { Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../../shared/i18n/use-language.ts";
import { CreateProduct } from "./create-product.tsx";
import { gs1IssuerOf } from "./gs1-prefix.ts";
import { LinkProduct } from "./link-product.tsx";
import type { ScanEntry } from "./scan-desk.ts";
import type { ScannedCode } from "./scanned-code.ts";
import { useScanDesk } from "./use-scanner.ts";

export interface UnknownCodeProps {
  /** Null: closed. */
  readonly entry: ScanEntry | null;
  readonly mayCreate: boolean;
  readonly onClose: () => void;
}

/** What a code is that names no product; once it does, the scan goes on as if it had from the beginning. */
export function UnknownCode({ entry, mayCreate, onClose }: UnknownCodeProps) {
  const { t } = useTranslation("inventory");
  const desk = useScanDesk();
  return (
    <Modal opened={entry !== null} onClose={onClose} title={t("scan.unknown.title")}>
      {entry?.outcome.kind === "unknown" && (
        <Question
          key={entry.id}
          code={entry.code}
          linkCode={entry.outcome.linkCode}
          mayCreate={mayCreate}
          onKnown={() => {
            onClose();
            desk.retry(entry);
          }}
        />
      )}
    </Modal>
  );
}

interface QuestionProps {
  readonly code: ScannedCode;
  readonly linkCode: string;
  readonly mayCreate: boolean;
  readonly onKnown: () => void;
}

function Question({ code, linkCode, mayCreate, onKnown }: QuestionProps) {
  const { t } = useTranslation("inventory");
  const [way, setWay] = useState<"create" | "link">("create");
  // A scale's label is another one each time; what stays is the article in it.
  const isWeighed = linkCode !== code.text;
  return (
    <Stack gap="sm">
      <Text>{t("scan.unknown.intro", { code: code.text })}</Text>
      <Origin code={code} />
      {!mayCreate && <Text>{t("scan.unknown.forbidden")}</Text>}
      {mayCreate && (
        <SegmentedControl<"create" | "link">
          aria-label={t("scan.unknown.choose")}
          fullWidth
          value={way}
          onChange={setWay}
          data={[
            { value: "create", label: t("scan.unknown.create") },
            { value: "link", label: t("scan.unknown.link") },
          ]}
        />
      )}
      {mayCreate && way === "create" && (
        <CreateProduct sku={linkCode} gtin={isWeighed ? null : code.gtin} isWeighed={isWeighed} onCreated={onKnown} />
      )}
      {mayCreate && way === "link" && <LinkProduct code={linkCode} isWeighed={isWeighed} onLinked={onKnown} />}
    </Stack>
  );
}

/** What can be told of a code without knowing the product. */
function Origin({ code }: { readonly code: ScannedCode }) {
  const { t } = useTranslation("inventory");
  const language = useLanguage();
  if (code.isMisread) return <Text c="var(--bodega-bad)">{t("scan.unknown.misread")}</Text>;
  const issuer = code.gtin === null ? null : gs1IssuerOf(code.gtin);
  if (issuer === null) return null;
  const { kind, prefix } = issuer;
  if (kind === "region") {
    const region = new Intl.DisplayNames(language, { type: "region" }).of(issuer.region) ?? issuer.region;
    return <Text c="dimmed">{t("scan.unknown.region", { region, prefix })}</Text>;
  }
  const words = { "in-store": "inStore", book: "book", periodical: "periodical" } as const;
  return <Text c="dimmed">{t(`scan.unknown.${words[kind]}`, { prefix })}</Text>;
}
