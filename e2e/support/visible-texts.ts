import type { Page } from "playwright-core";

/** Attributes that are read to people. */
const spokenAttributes = ["aria-label", "aria-description", "title", "placeholder", "alt"];

/**
 * Texts of the page, read or spoken, that look as if nobody had written them for people: keys of translations, gaps that
 * were not filled, values of programs. Ids and code in `<code>` are meant so.
 */
export function suspiciousTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate((attributes) => {
    const texts = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (holder?.closest("code, pre, script, style, textarea, noscript") === null && holder.checkVisibility()) {
        texts.add(node.textContent?.trim() ?? "");
      }
    }
    for (const attribute of attributes) {
      for (const element of document.querySelectorAll(`[${attribute}]`))
        texts.add(element.getAttribute(attribute) ?? "");
    }
    const key = /(^|\s)[a-z][A-Za-z_]+([.:][A-Za-z_]+)*[.:][a-z][A-Za-z_]+(\s|$)/;
    const gap = /\{\{|\}\}|\$t\(|\bundefined\b|\bNaN\b|\[object |Invalid Date/;
    return [...texts].filter((text) => key.test(text) || gap.test(text));
  }, spokenAttributes);
}
