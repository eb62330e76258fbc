import type { Product, ProductImage } from "@bodega/sdk";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPhotoCheck } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { isOneOf } from "../filters.ts";
import { operationsKeys, troubledPhotosQuery, troubledStates } from "../queries.ts";
import { photoTones } from "../tones.ts";
import { reasonText } from "../words.ts";
import styles from "./thumbnails-page.module.css";

interface TroubledPhoto {
  readonly product: Product;
  readonly image: ProductImage;
}

/** Photos that need a person, each with its reason and what can be done. */
export function TroubledPhotos() {
  const { t } = useTranslation("operations");
  const queries = useQueries({ queries: troubledStates.map(troubledPhotosQuery) });
  const failed = queries.find(({ error, data }) => error !== null && data === undefined);
  const photos = queries.flatMap(({ data }) => (data?.items ?? []).flatMap(photoOf));
  return (
    <Panel title={t("thumbnails.attention")} isFlush>
      {failed !== undefined ? (
        <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />
      ) : queries.some(({ isPending }) => isPending) ? (
        <Waiting />
      ) : photos.length === 0 ? (
        <Empty icon={IconPhotoCheck} title={t("thumbnails.attentionEmpty")}>
          {t("thumbnails.attentionEmptyText")}
        </Empty>
      ) : (
        <DataTable
          id="troubled-photos"
          label={t("thumbnails.attention")}
          columns={columnsOf(t)}
          rows={photos}
          rowKey={({ image }) => image.id}
        />
      )}
    </Panel>
  );
}

const photoOf = (product: Product): readonly TroubledPhoto[] =>
  product.images[0] === undefined ? [] : [{ product, image: product.images[0] }];

function columnsOf(t: TFunction<"operations">): readonly Column<TroubledPhoto>[] {
  return [
    { id: "product", header: t("thumbnails.product"), cell: ({ product }) => <ProductName product={product} /> },
    {
      id: "state",
      header: t("thumbnails.state"),
      cell: ({ image: { thumbnailState } }) =>
        isOneOf(troubledStates, thumbnailState) && (
          <Chip tone={photoTones[thumbnailState]}>{t(`thumbnails.photoStates.${thumbnailState}`)}</Chip>
        ),
    },
    { id: "reason", header: t("thumbnails.reason"), cell: ({ image }) => reasonText(image.job?.errorCode, t) },
    { id: "since", header: t("thumbnails.since"), cell: ({ image }) => <RelativeTime at={image.stateChangedAt} /> },
    { id: "todo", header: t("thumbnails.todo"), cell: (photo) => <WayOut photo={photo} /> },
  ];
}

function ProductName({ product }: { readonly product: Product }) {
  const address = product.images[0]?.thumbnails?.minithumb;
  return (
    <span className={styles.photo}>
      <span className={styles.picture}>{address != null && <img src={address} alt="" loading="lazy" />}</span>
      <Link to={`/catalog/${product.id}` as string} className={styles.name}>
        {product.name}
      </Link>
    </span>
  );
}

/** What can never work is changed; what the policy left out is decided there; all else is tried again. */
function WayOut({ photo: { product, image } }: { readonly photo: TroubledPhoto }) {
  const { t } = useTranslation("operations");
  const regenerate = useAction({
    name: "regenerate",
    target: ({ id }: ProductImage) => id,
    run: ({ id }, options) => client.images.requestThumbnails(id, { force: true, ...options }),
    refreshes: [operationsKeys.all],
    onDone: () => notifications.show({ message: t("thumbnails.asked") }),
  });
  const reason = image.job?.errorCode;
  if (reason === "INVALID_IMAGE" || reason === "IMAGE_TOO_MANY_PIXELS" || reason === "SOURCE_MISSING") {
    return (
      <Button component={Link} to={`/catalog/${product.id}` as string} size="compact-xs" variant="light">
        {t("thumbnails.replace")}
      </Button>
    );
  }
  if (reason === "WEBP_SKIPPED") {
    return (
      <Button component={Link} to={"/settings/shop" as string} size="compact-xs" variant="light">
        {t("thumbnails.policy")}
      </Button>
    );
  }
  return (
    <Button size="compact-xs" variant="light" loading={regenerate.isPending} onClick={() => regenerate.mutate(image)}>
      {t("thumbnails.regenerate")}
    </Button>
  );
}
