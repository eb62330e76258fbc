import { useLayoutEffect } from "react";

/** Elements of the body with this attribute are what is printed. */
export const printedAttribute = "data-printed";

/**
 * While it is there, what is printed is the element with `data-printed` alone, on pages of exactly this size in
 * millimetres, without the browser's margins. A rule for `@page` has no place in a style attribute, and style elements
 * are refused by the page's policy; a sheet that is made by a program is neither.
 */
export function usePageSize(size: { readonly width: number; readonly height: number } | "A4"): void {
  const page = size === "A4" ? "A4" : `${size.width}mm ${size.height}mm`;
  const margin = size === "A4" ? "14mm" : "0";
  useLayoutEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      @page { size: ${page}; margin: ${margin}; }
      @media print {
        html, body { background: #fff !important; }
        body > :not([${printedAttribute}]) { display: none !important; }
      }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [page, margin]);
}
