import { useTranslation } from "react-i18next";
import { multiplyDecimals } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { type Barcode, moduleWidth, type Symbology } from "./barcode.ts";
import styles from "./label.module.css";
import type { LabelFormat } from "./label-formats.ts";
import { baseUnitOf, fittedLetters } from "./label-text.ts";
import type { LabelProduct } from "./use-label-list.ts";

export interface LabelContent {
  readonly hasPrice: boolean;
  readonly hasUnitPrice: boolean;
}

export interface LabelProps {
  readonly product: LabelProduct;
  readonly format: LabelFormat;
  readonly content: LabelContent;
  /** Null: its code cannot be written as one. */
  readonly barcode: Barcode | null;
}

const mm = (value: number): string => `${Math.round(value * 100) / 100}mm`;

/** One label, in millimetres: name, price, barcode, from top to bottom. */
export function Label({ product, format, content, barcode }: LabelProps) {
  const width = format.label.width - 2 * format.padding;
  const height = format.label.height - 2 * format.padding;
  const shares = content.hasPrice ? { name: 0.3, price: 0.28 } : { name: 0.4, price: 0 };
  const nameBox = { width, height: height * shares.name };
  const codeHeight = height * (1 - shares.name - shares.price);
  return (
    <div className={styles.label} style={{ padding: mm(format.padding) }}>
      <div className={styles.name} style={{ height: mm(nameBox.height) }}>
        <span style={{ fontSize: mm(fittedLetters(product.name, nameBox, { smallest: 1.8, largest: 4.2 })) }}>
          {product.name}
        </span>
      </div>
      {content.hasPrice && <Price product={product} height={height * shares.price} width={width} content={content} />}
      <Code product={product} barcode={barcode} format={format} width={width} height={codeHeight} />
    </div>
  );
}

interface PriceProps {
  readonly product: LabelProduct;
  readonly content: LabelContent;
  readonly width: number;
  readonly height: number;
}

function Price({ product, content, width, height }: PriceProps) {
  const format = useFormat();
  const base = content.hasUnitPrice ? baseUnitOf(product.unit) : null;
  const price = format.money(product.price, product.currency);
  const own = base === null ? price : `${price} / ${product.unit}`;
  const compared =
    base === null || base.times === "1"
      ? null
      : `${format.money(multiplyDecimals(product.price, base.times, 4), product.currency)} / ${base.unit}`;
  const box = { width, height: compared === null ? height : height * 0.64 };
  const letters = fittedLetters(own.replace(/\s/g, "_"), box, { smallest: 2, largest: 8 });
  return (
    <div className={styles.price} style={{ height: mm(height) }}>
      <span style={{ fontSize: mm(letters) }}>{own}</span>
      {compared !== null && <span style={{ fontSize: mm(Math.min(2.6, height * 0.3)) }}>{compared}</span>}
    </div>
  );
}

interface CodeProps {
  readonly product: LabelProduct;
  readonly barcode: Barcode | null;
  readonly format: LabelFormat;
  readonly width: number;
  readonly height: number;
}

function Code({ product, barcode, format, width, height }: CodeProps) {
  const module = barcode === null ? null : moduleWidth(barcode, width, format.dot);
  const letters = Math.min(2.6, Math.max(1.9, height * 0.24));
  if (barcode === null || module === null) {
    return (
      <div className={styles.code} style={{ height: mm(height) }}>
        <span className={styles.digits} style={{ fontSize: mm(letters) }}>
          {product.gtin ?? product.sku}
        </span>
      </div>
    );
  }
  const { before, after } = barcode.quiet;
  const modules = before + barcode.modules + after;
  const barHeight = height - letters * 1.25;
  const path = barcode.bars.map((bar) => `M${before + bar.at} 0h${bar.width}v1h-${bar.width}z`).join("");
  return (
    <div className={styles.code} style={{ height: mm(height) }}>
      <svg
        className={styles.bars}
        style={{ width: `${Math.round(modules * module * 1000) / 1000}mm`, height: mm(barHeight) }}
        viewBox={`0 0 ${modules} 1`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        data-code={barcode.text}
        aria-hidden
      >
        <path d={path} />
        {barcode.symbology === "itf14" && <path d={bearerBars(modules, (bearerModules * module) / barHeight)} />}
      </svg>
      <Digits barcode={barcode} letters={letters} />
    </div>
  );
}

/** GS1 General Specifications §5.3.2.4: at least two narrow bars high. */
const bearerModules = 2;

/**
 * Along the top and the bottom of an ITF-14, its quiet zones too: a scan that leaves the symbol through them reads nothing,
 * where it would have read a shorter number. `thickness` is a share of the symbol's height.
 */
const bearerBars = (modules: number, thickness: number): string =>
  [0, 1 - thickness].map((top) => `M0 ${top}h${modules}v${thickness}h-${modules}z`).join("");

/** As they are written below the bars: groups that eyes can follow (GS1 General Specifications, figures of §5). */
function Digits({ barcode, letters }: { readonly barcode: Barcode; readonly letters: number }) {
  const { t } = useTranslation("inventory");
  const { text, symbology } = barcode;
  const [, ...groups] = groupsOf[symbology].exec(text) ?? [];
  return (
    <span className={styles.digits} style={{ fontSize: mm(letters) }} title={t("labels.readsAs", { code: text })}>
      {groups.length === 0 ? text : groups.join(" ")}
    </span>
  );
}

const groupsOf = {
  ean13: /^(\d)(\d{6})(\d{6})$/,
  ean8: /^(\d{4})(\d{4})$/,
  itf14: /^(\d)(\d{2})(\d{5})(\d{5})(\d)$/,
  code128: /^.*$/,
} as const satisfies Record<Symbology, RegExp>;
