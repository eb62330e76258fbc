import type { Product } from "@bodega/sdk";
import { ProductImage } from "@bodega/sdk/react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useImageLabels } from "../use-image-labels.ts";
import styles from "./product-picture.module.css";

export interface ProductPictureProps {
  readonly product: Product;
  readonly width: number;
  readonly sending: number | undefined;
}

/** The main photo with a quiet chip over it that says where it stands; none when it is ready. */
export function ProductPicture({ product, width, sending }: ProductPictureProps) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const labels = useImageLabels();
  return (
    <span className={styles.picture} data-sending={sending !== undefined || undefined}>
      <ProductImage product={product} width={width} alt="" labels={labels} className={styles.image} />
      {sending !== undefined && (
        <span className={styles.chip}>
          {sending < 0 ? t("grid.queued") : t("grid.sending", { percent: format.percent(sending / 100) })}
        </span>
      )}
    </span>
  );
}
