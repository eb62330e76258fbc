import { useProduct } from "@bodega/sdk/react";
import { ActionIcon, Drawer, Tooltip } from "@mantine/core";
import { IconArrowsDiagonal } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProductEditor } from "./product-editor.tsx";
import styles from "./product-sheet.module.css";

export interface ProductSheetProps {
  /** Undefined: closed. */
  readonly productId: string | undefined;
  readonly onClose: () => void;
}

/** A product beside the catalogue: edited without leaving it. The focus goes back to where it was. */
export function ProductSheet({ productId, onClose }: ProductSheetProps) {
  const [shownId, setShownId] = useState(productId);
  // What is going away still shows what it showed.
  if (productId !== undefined && productId !== shownId) setShownId(productId);
  return (
    <Drawer.Root
      opened={productId !== undefined}
      onClose={onClose}
      position="right"
      size={640}
      transitionProps={{ duration: 150 }}
      classNames={{ content: styles.sheet ?? "" }}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      {shownId !== undefined && <SheetContent productId={shownId} onClose={onClose} />}
    </Drawer.Root>
  );
}

function SheetContent({ productId, onClose }: { readonly productId: string; readonly onClose: () => void }) {
  const { t } = useTranslation("catalog");
  const { product } = useProduct(productId);
  const name = product?.name ?? t("product.sheet");
  return (
    <Drawer.Content aria-label={name}>
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
  );
}
