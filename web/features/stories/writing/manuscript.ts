import type { Story } from "../story-queries.ts";

/** What a person writes of a story, as it stands in the fields. */
export interface ManuscriptValues {
  readonly title: string;
  readonly author: string;
  readonly content: string;
  readonly language: Story["language"];
  readonly region: string;
}

export function manuscriptOf({ title, author, content, language, region }: Story): ManuscriptValues {
  return { title, author: author ?? "", content, language, region: region ?? "" };
}

/** What is wrong with it before it is sent; null: nothing. */
export function manuscriptFault({ title, region }: ManuscriptValues): "title" | "region" | null {
  if (title.trim() === "") return "title";
  return /^([A-Za-z]{2})?$/.test(region.trim()) ? null : "region";
}

export function manuscriptBody({ title, author, content, language, region }: ManuscriptValues) {
  return {
    title: title.trim(),
    author: author.trim() === "" ? null : author.trim(),
    content,
    language,
    region: region.trim() === "" ? null : region.trim().toUpperCase(),
  };
}
