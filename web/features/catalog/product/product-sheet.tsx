import { useProduct } from "@bodega/sdk/react";
import { ActionIcon, Drawer, Tooltip } from "@mantine/core";
import { IconArrowsDiagonal } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ProductEditor } from "./product-editor.tsx";
import styles from "./product-sheet.module.css";

export interface ProductSheetProps {
  readonly productId: string;
  readonly onClose: () => void;
}

/** A product beside the catalogue: edited without leaving it. */
export function ProductSheet({ productId, onClose }: ProductSheetProps) {
  const { t } = useTranslation("catalog");
  const { product } = useProduct(productId);
  const name = product?.name ?? t("product.sheet");
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={640} transitionProps={{ duration: 150 }}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content aria-label={name} classNames={{ content: styles.sheet ?? "" }}>
        <div className={styles.header}>
          <Drawer.Title className={styles.title}>{name}</Drawer.Title>
          <span className={styles.tools}>
            <Tooltip label={t("product.openPage")}>
              <ActionIcon
                aria-label={t("product.openPage")}
                renderRoot={(props) => <Link {...props} to="/catalog/$productId" params={{ productId }} />}
              >
                <IconArrowsDiagonal size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Drawer.CloseButton aria-label={t("product.close")} />
          </span>
        </div>
        <Drawer.Body>
          <ProductEditor productId={productId} onGone={onClose} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
