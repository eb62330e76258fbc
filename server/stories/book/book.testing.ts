import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from "pdf-lib";
import sharp from "sharp";
import { getDocumentProxy } from "unpdf";
import type { Book, BookPage, BookPicture } from "./book.ts";

/** A picture with a sky, a hill and somebody on it, by its hue. */
export async function testPicture(
  options: { width?: number; height?: number; hue?: number; format?: "jpeg" | "png"; alt?: string } = {},
): Promise<BookPicture> {
  const { width = 1024, height = 1536, hue = 200, format = "jpeg", alt = "Una zorra en una colina" } = options;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100"
    preserveAspectRatio="none"><rect width="100" height="100" fill="hsl(${hue} 70% 80%)"/>
    <path d="M0 70 Q50 40 100 70 V100 H0Z" fill="hsl(${hue} 60% 40%)"/><circle cx="50" cy="50" r="9" fill="#d9722a"/></svg>`;
  const bytes = await sharp(Buffer.from(svg)).toFormat(format).toBuffer();
  return { bytes: new Uint8Array(bytes), mimeType: `image/${format}`, alt };
}

export const testPage = async (text: string, picture?: BookPicture | null): Promise<BookPage> => ({
  text,
  picture: picture === undefined ? await testPicture() : picture,
});

export async function testBook(differences: Partial<Book> = {}): Promise<Book> {
  return {
    title: "La zorra que coleccionaba ventanas",
    author: "Ana Pérez",
    language: "es",
    format: "a4",
    hasBleed: false,
    hasCropMarks: false,
    cover: await testPicture({ alt: "La zorra y sus ventanas" }),
    pages: [await testPage("Había una vez una zorra que coleccionaba ventanas en lo más hondo del bosque.")],
    colophon: ["Texto de Ana Pérez.", "Ilustraciones generadas con IA."],
    createdAt: new Date("2026-11-20T10:00:00Z"),
    ...differences,
  };
}

/** The text of each page, as a reader of PDF finds it. */
export async function textOfPages(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent();
    pages.push(content.items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join(""));
  }
  await document.cleanup();
  return pages;
}

export const titlesOfOutline = async (pdf: Uint8Array): Promise<string[]> => {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const outline: readonly { title: string; items: readonly unknown[] }[] = (await document.getOutline()) ?? [];
  const flat = (items: readonly unknown[]): string[] =>
    items.flatMap((item) => {
      if (typeof item !== "object" || item === null || !("title" in item) || !("items" in item)) return [];
      return [String(item.title), ...flat(Array.isArray(item.items) ? item.items : [])];
    });
  const titles = flat(outline);
  await document.cleanup();
  return titles;
};

/** The objects of a document, for what no reader shows. */
export class PdfObjects {
  readonly document: PDFDocument;

  private constructor(document: PDFDocument) {
    this.document = document;
  }

  static async of(pdf: Uint8Array): Promise<PdfObjects> {
    return new PdfObjects(await PDFDocument.load(pdf, { updateMetadata: false, throwOnInvalidObject: true }));
  }

  get catalog(): PDFDict {
    return this.document.catalog;
  }

  /** The value at the end of a path of names, references followed. */
  at(from: PDFDict, ...path: readonly string[]): PDFObject | undefined {
    let here: PDFObject | undefined = from;
    for (const name of path) here = here instanceof PDFDict ? here.lookup(PDFName.of(name)) : undefined;
    return here;
  }

  /** Every dictionary of a kind, by its `Type` or its `S`. */
  all(key: "Type" | "S" | "Subtype", value: string): PDFDict[] {
    return this.document.context
      .enumerateIndirectObjects()
      .map(([, object]) => (object instanceof PDFRawStream ? object.dict : object))
      .filter((object): object is PDFDict => object instanceof PDFDict)
      .filter((object) => object.get(PDFName.of(key)) === PDFName.of(value));
  }

  text(from: PDFDict, ...path: readonly string[]): string | undefined {
    const value = this.at(from, ...path);
    return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
  }

  /** Millimetres: left, bottom, right, top. */
  box(page: number, name: "MediaBox" | "TrimBox" | "BleedBox"): number[] {
    const array = this.document.getPage(page - 1).node.lookup(PDFName.of(name));
    if (!(array instanceof PDFArray)) throw new Error(`Page ${page} has no ${name}.`);
    return array.asArray().map((number) => Math.round((Number(number.toString()) / 72) * 254) / 10);
  }

  xmp(): string {
    const stream = this.at(this.catalog, "Metadata");
    if (!(stream instanceof PDFRawStream)) throw new Error("The document has no metadata stream.");
    return Buffer.from(stream.getContents()).toString("utf8");
  }
}
