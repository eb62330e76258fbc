import { ProductImage } from "@bodega/sdk/react";
import { Button, Text } from "@mantine/core";
import {
  IconArrowsExchange,
  IconBook2,
  IconClipboardText,
  IconLock,
  IconMinus,
  IconPlus,
  IconPlusMinus,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type ComponentType, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { ActionKey } from "../../../shared/page/page.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { useImageLabels } from "../shared/image-labels.ts";
import { LevelsOfProduct } from "./levels-of-product.tsx";
import styles from "./product-card.module.css";
import { QuickMovement } from "./quick-movement.tsx";
import type { ScannedProduct } from "./scan-desk.ts";

export interface ProductCardProps {
  /** Null: nothing is shown. */
  readonly scanned: ScannedProduct | null;
  readonly onClose: () => void;
}

/** What was scanned, how much of it there is and where, and what can be done with it: each by one key. */
export function ProductCard({ scanned, onClose }: ProductCardProps) {
  const [last, setLast] = useState(scanned);
  // What is going away still shows what it showed.
  if (scanned !== null && scanned !== last) setLast(scanned);
  return (
    <Sheet title={last?.product.name ?? ""} isOpen={scanned !== null} onClose={onClose}>
      {last !== null && <CardContent key={`${last.product.id} ${last.code}`} scanned={last} onClose={onClose} />}
    </Sheet>
  );
}

type Quick = "entry" | "exit" | "adjustment";

interface CardAction {
  readonly key: string;
  readonly label: string;
  readonly icon: ComponentType<{ readonly size: number; readonly "aria-hidden"?: boolean }>;
  readonly isAllowed: boolean;
  readonly run: () => void;
}

function CardContent({ scanned, onClose }: { readonly scanned: ScannedProduct; readonly onClose: () => void }) {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const format = useFormat();
  const labels = useImageLabels();
  const mayMove = useMay("stock:write");
  const mayReserve = useMay("stock:reserve");
  const [quick, setQuick] = useState<Quick | null>(null);
  const { product, quantity } = scanned;
  const leave = (to: () => Promise<void>) => () => {
    onClose();
    void to();
  };
  const actions: readonly CardAction[] = [
    { key: "e", label: t("scan.card.entry"), icon: IconPlus, isAllowed: mayMove, run: () => setQuick("entry") },
    { key: "s", label: t("scan.card.exit"), icon: IconMinus, isAllowed: mayMove, run: () => setQuick("exit") },
    {
      key: "a",
      label: t("scan.card.adjust"),
      icon: IconPlusMinus,
      isAllowed: mayMove,
      run: () => setQuick("adjustment"),
    },
    {
      key: "t",
      label: t("scan.card.transfer"),
      icon: IconArrowsExchange,
      isAllowed: mayMove,
      run: leave(() => navigate({ to: "/inventory/transfer", search: { product: product.id, quantity } })),
    },
    {
      key: "r",
      label: t("scan.card.reserve"),
      icon: IconLock,
      isAllowed: mayReserve,
      run: leave(() => navigate({ to: "/inventory/reservations/new", search: { product: product.id, quantity } })),
    },
    {
      key: "l",
      label: t("scan.card.ledger"),
      icon: IconBook2,
      isAllowed: true,
      run: leave(() => navigate({ to: "/inventory/products/$productId", params: { productId: product.id } })),
    },
    {
      key: "p",
      label: t("scan.card.product"),
      icon: IconClipboardText,
      isAllowed: true,
      run: leave(() => navigate({ to: "/catalog/$productId", params: { productId: product.id } })),
    },
  ];
  const allowed = actions.filter(({ isAllowed }) => isAllowed);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = allowed.find(({ key }) => key === event.key.toLowerCase());
    if (action === undefined) return;
    event.preventDefault();
    action.run();
  };
  return (
    // The keys of the card, wherever in it the focus is; each has a button as well.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div className={styles.card} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <ProductImage productId={product.id} width={80} height={80} alt="" labels={labels} eager />
        <div className={styles.facts}>
          <Text fw={600} size="lg">
            {format.money(product.price, product.currency)}
          </Text>
          <Text c="dimmed">{product.sku}</Text>
          {product.gtin !== null && <Text c="dimmed">{product.gtin}</Text>}
        </div>
      </div>
      <LevelsOfProduct product={product} />
      {quick === null ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
        <div className={styles.actions} role="group" aria-label={t("scan.card.actions")}>
          {allowed.map(({ key, label, icon: Glyph, run }, index) => (
            <Button
              key={key}
              size="md"
              variant={index === 0 ? "filled" : "default"}
              leftSection={<Glyph size={18} aria-hidden />}
              rightSection={<ActionKey>{key.toUpperCase()}</ActionKey>}
              data-autofocus={index === 0 || undefined}
              onClick={run}
            >
              {label}
            </Button>
          ))}
        </div>
      ) : (
        <QuickMovement key={quick} type={quick} scanned={scanned} onClose={() => setQuick(null)} />
      )}
    </div>
  );
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
