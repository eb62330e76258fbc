import { BodegaError, type Product } from "@bodega/sdk";
import { useProduct } from "@bodega/sdk/react";
import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";
import { useMay } from "../../../shared/session/me.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { allLists, withoutProducts } from "../list/use-product-list.ts";
import { DetailsForm } from "./details-form.tsx";
import { Photos } from "./photos/photos.tsx";
import styles from "./product-editor.module.css";

export interface ProductEditorProps {
  readonly productId: string;
  /** It is not there any more. */
  readonly onGone: () => void;
}

/** A product with its photos, in the side sheet as on its own page. */
export function ProductEditor({ productId, onGone }: ProductEditorProps) {
  const { t } = useTranslation("catalog");
  const { product, etag, error, refetch } = useProduct(productId);
  const mayWrite = useMay("catalog:write");
  if (product === undefined || etag === undefined) {
    if (error === null) return <Waiting label={t("product.loading")} />;
    const isGone = error instanceof BodegaError && error.status === 404;
    return (
      <ErrorPanel error={error} {...(!isGone && { onRetry: () => void refetch() })}>
        {isGone && (
          <Button size="xs" variant="default" onClick={onGone}>
            {t("product.back")}
          </Button>
        )}
      </ErrorPanel>
    );
  }
  return (
    <div className={styles.editor}>
      <Photos product={product} />
      <Panel title={t("product.details")}>
        <DetailsForm key={product.id} product={product} etag={etag} />
      </Panel>
      {mayWrite && <Removal product={product} onGone={onGone} />}
    </div>
  );
}

function Removal({ product, onGone }: { readonly product: Product; readonly onGone: () => void }) {
  const { t } = useTranslation("catalog");
  const queryClient = useQueryClient();
  const [isSure, setIsSure] = useState(false);
  const removal = useMutation({
    mutationFn: () => client.products.remove(product.id, { idempotencyKey: `remove-${product.id}` }),
    onSuccess: () => {
      queryClient.setQueriesData(allLists, withoutProducts(new Set([product.id])));
      notify({ message: t("product.removed", { name: product.name }) });
      onGone();
    },
    onError: notifyError,
  });
  if (!isSure) {
    return (
      <Button className={styles.remove} variant="subtle" color="red" onClick={() => setIsSure(true)}>
        {t("product.remove")}
      </Button>
    );
  }
  return (
    <Group gap="xs" role="alert">
      <Text>{t("product.removeSure", { name: product.name })}</Text>
      <Button color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
        {t("product.remove")}
      </Button>
      <Button variant="default" onClick={() => setIsSure(false)} data-autofocus>
        {t("photos.keep")}
      </Button>
    </Group>
  );
}
