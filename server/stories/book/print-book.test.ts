import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { PDFName } from "pdf-lib";
import sharp from "sharp";
import { describe, expect, test, vi } from "vitest";
import { PdfObjects, testBook, testPage, testPicture, textOfPages, titlesOfOutline } from "./book.testing.ts";
import type { Book, PrintedBook } from "./book.ts";
import { printBook } from "./print-book.ts";

// The first book starts the typesetter's process, which a busy machine is slow to do.
vi.setConfig({ testTimeout: 120_000 });

const print = (book: Book): Promise<PrintedBook> => printBook(book, { signal: new AbortController().signal });
const codes = (book: PrintedBook): string[] => book.notes.map(({ code, page }) => `${page} ${code}`);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
/** Without the breaks of lines, and with the initial joined to its word. */
const flat = (text: string): string => text.replace(/\s+/g, " ").replace(/\b(\p{Lu}) (?=\p{Ll})/gu, "$1");

describe("a printed book", () => {
  test("is tagged, PDF/UA-1, in its language, with title, author and date", async () => {
    const { pdf } = await print(await testBook());
    const objects = await PdfObjects.of(pdf);
    expect(objects.at(objects.catalog, "MarkInfo", "Marked")?.toString()).toBe("true");
    expect(objects.at(objects.catalog, "StructTreeRoot", "Type")).toBe(PDFName.of("StructTreeRoot"));
    expect(objects.at(objects.catalog, "ViewerPreferences", "DisplayDocTitle")?.toString()).toBe("true");
    expect(objects.at(objects.catalog, "PageLayout")).toBe(PDFName.of("TwoPageRight"));
    expect(objects.text(objects.catalog, "Lang")).toBe("es");
    expect(objects.xmp()).toMatch(/pdfuaid:part>1<|pdfuaid:part="1"/);
    expect(objects.document.getTitle()).toBe("La zorra que coleccionaba ventanas");
    expect(objects.document.getAuthor()).toBe("Ana Pérez");
    expect(objects.document.getCreationDate()).toEqual(new Date("2026-11-20T10:00:00Z"));
  });

  test("says in words what each picture shows, and nothing of its ornaments", async () => {
    const page = await testPage("Texto.", await testPicture({ alt: "El viento, sentado" }));
    const objects = await PdfObjects.of((await print(await testBook({ pages: [page, page] }))).pdf);
    const alternatives = objects.all("S", "Figure").map((figure) => objects.text(figure, "Alt"));
    expect(alternatives.sort()).toEqual(["El viento, sentado", "El viento, sentado", "La zorra y sus ventanas"]);
  });

  test("carries its typefaces, cut to the letters it uses", async () => {
    const { pdf } = await print(await testBook());
    const objects = await PdfObjects.of(pdf);
    const descriptors = objects.all("Type", "FontDescriptor");
    expect(descriptors.length).toBeGreaterThan(1);
    for (const descriptor of descriptors) {
      expect(descriptor.has(PDFName.of("FontFile2")) || descriptor.has(PDFName.of("FontFile3"))).toBe(true);
      expect(descriptor.get(PDFName.of("FontName"))?.toString()).toMatch(/^\/[A-Z]{6}\+(Literata|Fraunces)/);
    }
  });

  test("is the same to the byte for the same book, in another process too", async () => {
    const book = await testBook({ format: "square", pages: [await testPage("Había una vez.", null)], cover: null });
    const here = sha256((await print(book)).pdf);
    expect(sha256((await print({ ...book })).pdf)).toBe(here);
    const script = `
      import { createHash } from "node:crypto";
      import { printBook } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
      const book = JSON.parse(process.argv[1], (key, value) => (key === "createdAt" ? new Date(value) : value));
      const { pdf } = await printBook(book, { signal: new AbortController().signal });
      console.log(createHash("sha256").update(pdf).digest("hex"));`;
    const arguments_ = ["--input-type=module", "--no-warnings", "-e", script, "--", JSON.stringify(book)];
    const cwd = fileURLToPath(new URL(".", import.meta.url));
    expect(execFileSync(process.execPath, arguments_, { encoding: "utf8", cwd }).trim()).toBe(here);
  });

  test.each(["es", "en"] as const)(
    "has an outline that names cover, title, parts and colophon (%s)",
    async (language) => {
      const pages = [await testPage("Uno, dos y tres."), await testPage("", undefined), await testPage("Cuatro.")];
      const { pdf } = await print(await testBook({ language, pages }));
      const [cover, colophon] = language === "es" ? ["Cubierta", "Colofón"] : ["Cover", "Colophon"];
      expect(await titlesOfOutline(pdf)).toEqual([
        cover,
        "La zorra que coleccionaba ventanas",
        "1 · Uno, dos y tres.",
        "2 · Cuatro.",
        colophon,
      ]);
    },
  );

  test("says on its last page how it was made", async () => {
    const pages = await textOfPages((await print(await testBook())).pdf);
    expect(pages.at(-1)).toContain("Ilustraciones generadas con IA.");
  });

  test("opens every text on a right-hand page, its picture on the left-hand page before it", async () => {
    const pages = [await testPage("Uno. ".repeat(700)), await testPage("Dos."), await testPage("Tres.")];
    const printed = await print(await testBook({ pages }));
    const texts = await textOfPages(printed.pdf);
    for (const word of ["Uno.", "Dos.", "Tres."]) {
      const at = texts.findIndex((text) => text.includes(word));
      expect(at % 2, `${word} on page ${at + 1}`).toBe(0);
      expect(texts[at - 1]).toBe("");
    }
    expect(printed.pageCount).toBe(texts.length);
    expect(printed.pageCount % 2).toBe(0);
  });

  test("goes on over as many pages as a long text needs, and loses no word of it", async () => {
    const words = Array.from({ length: 33_000 }, (_, index) => `p${index}`);
    const paragraphs: string[] = [];
    for (let at = 0; at < words.length; at += 60) paragraphs.push(words.slice(at, at + 60).join(" "));
    const text = paragraphs.join("\n\n");
    expect(text.length).toBeGreaterThan(200_000);
    const printed = await print(await testBook({ format: "square", pages: [await testPage(text)] }));
    expect(printed.pageCount).toBeGreaterThan(60);
    const found = new Set((await textOfPages(printed.pdf)).join(" ").match(/p\d+/g));
    expect(words.filter((word) => !found.has(word))).toEqual([]);
  });
});

describe("the sheet", () => {
  const none = { hasBleed: false, hasCropMarks: false };
  test.each([
    { format: "a4", ...none, media: [210, 297], trim: [0, 0, 210, 297], bleed: [0, 0, 210, 297] },
    { format: "square", ...none, media: [210, 210], trim: [0, 0, 210, 210], bleed: [0, 0, 210, 210] },
    {
      format: "a4",
      hasBleed: true,
      hasCropMarks: false,
      media: [216, 303],
      trim: [3, 3, 213, 300],
      bleed: [0, 0, 216, 303],
    },
    {
      format: "square",
      hasBleed: true,
      hasCropMarks: true,
      media: [232, 232],
      trim: [11, 11, 221, 221],
      bleed: [8, 8, 224, 224],
    },
    {
      format: "a4",
      hasBleed: false,
      hasCropMarks: true,
      media: [232, 319],
      trim: [11, 11, 221, 308],
      bleed: [11, 11, 221, 308],
    },
  ] as const)(
    "of $format says where it is cut (bleed $hasBleed, marks $hasCropMarks)",
    async ({ media, trim, bleed, ...options }) => {
      const printed = await print(await testBook(options));
      const objects = await PdfObjects.of(printed.pdf);
      expect(objects.document.getPageCount()).toBe(printed.pageCount);
      for (let page = 1; page <= printed.pageCount; page += 1) {
        expect(objects.box(page, "MediaBox")).toEqual([0, 0, ...media]);
        expect(objects.box(page, "TrimBox")).toEqual(trim);
        expect(objects.box(page, "BleedBox")).toEqual(bleed);
      }
    },
  );
});

describe("text", () => {
  test("is never read as markup", async () => {
    const hostile =
      '#import "x.typ": * $x^2$ *b* _i_ `raw` @ref <label> \\u{41} // c /* d */ #read("/etc/passwd") [a] {b}';
    const book = await testBook({ title: `#panic() $*_\\@<a>`, author: "*#x*", pages: [await testPage(hostile)] });
    const printed = await print({ ...book, colophon: ["#sys.version"] });
    const texts = (await textOfPages(printed.pdf)).map(flat);
    // Lines may end within it, so spaces do not count.
    expect(texts[4]?.replaceAll(" ", "")).toContain(hostile.replaceAll(" ", ""));
    expect(texts[0]).toContain("#panic() $*_\\@<a>");
    expect(texts.at(-1)).toContain("#sys.version");
    expect(codes(printed)).toEqual([]);
  });

  test("keeps its quotation marks and dashes as they were written", async () => {
    const written = `"recto" 'simple' «angular» “curvo” -- --- — ... …`;
    const texts = await textOfPages((await print(await testBook({ pages: [await testPage(written)] }))).pdf);
    expect(flat(texts[4] ?? "")).toContain(written);
  });

  test("of other scripts and emoji is printed; what no typeface has gets a mark and a note", async () => {
    const pages = [await testPage("🦊 👩‍👩‍👧 שלום مرحبا Ελλάδα Россия"), await testPage("漢字 y ไทย")];
    const printed = await print(await testBook({ pages }));
    expect(codes(printed)).toEqual(["2 TEXT_REPLACED"]);
    const texts = await textOfPages(printed.pdf);
    expect(texts[4]).toContain("🦊");
    expect(flat(texts[6] ?? "")).toContain("◊ y ◊");
  });

  test("of control characters, lone surrogates and endless words does not stop the press", async () => {
    const pages = [await testPage("a\u0000b\u0007\ufeff\u202e\ud800 \u0301\u0302"), await testPage("x".repeat(5_000))];
    expect(codes(await print(await testBook({ pages })))).toEqual(["1 TEXT_REPLACED"]);
  });

  test("too long for any book is refused before anything is set", async () => {
    const pages = [await testPage("a".repeat(2_000_001), null)];
    await expect(print(await testBook({ pages }))).rejects.toMatchObject({ code: "BOOK_TOO_LARGE", retryable: false });
  });
});

describe("pictures", () => {
  test("that are missing or cannot be decoded leave a page that says so, and a note", async () => {
    const broken = { ...(await testPicture()), bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) };
    const whole = await testPicture();
    const truncated = { ...whole, bytes: whole.bytes.slice(0, 400) };
    const pages = [await testPage("Uno.", null), await testPage("Dos.", broken), await testPage("Tres.", truncated)];
    const printed = await print(await testBook({ cover: null, pages }));
    expect(codes(printed)).toEqual([0, 1, 2, 3].map((page) => `${page} PICTURE_MISSING`));
    expect((await textOfPages(printed.pdf))[3]).toContain("Aquí falta una ilustración");
  });

  test("with too few pixels for their size are printed, with a note", async () => {
    const small = await testPicture({ width: 400, height: 600 });
    const printed = await print(await testBook({ pages: [await testPage("Uno.", small)] }));
    expect(codes(printed)).toEqual(["1 PICTURE_LOW_RESOLUTION"]);
  });

  test("with more pixels than print can show are made smaller", async () => {
    const huge = await testPicture({ width: 4800, height: 6788, format: "jpeg" });
    const printed = await print(await testBook({ cover: huge, pages: [] }));
    const objects = await PdfObjects.of(printed.pdf);
    const widths = objects.all("Subtype", "Image").map((image) => Number(objects.at(image, "Width")?.toString()));
    expect(widths.filter((width) => width > 2500)).toEqual([]);
    expect(Math.max(...widths)).toBeGreaterThan(2400);
  });

  test("that are JPEG keep their very bytes", async () => {
    const picture = await testPicture();
    const { pdf } = await print(await testBook({ cover: null, pages: [await testPage("Uno.", picture)] }));
    expect(Buffer.from(pdf).includes(Buffer.from(picture.bytes))).toBe(true);
  });

  test("that are transparent stand on white", async () => {
    const bytes = await sharp({ create: { width: 1024, height: 1536, channels: 4, background: "#ff000000" } })
      .png()
      .toBuffer();
    const page = await testPage("Uno.", { bytes: new Uint8Array(bytes), mimeType: "image/png", alt: "Nada" });
    const objects = await PdfObjects.of((await print(await testBook({ cover: null, pages: [page] }))).pdf);
    const [image, ...others] = objects.all("Subtype", "Image");
    expect(others).toEqual([]);
    expect(image?.has(PDFName.of("SMask"))).toBe(false);
  });
});

test("progress is told picture by picture, up to the whole", async () => {
  const book = await testBook();
  const told: string[] = [];
  const onProgress = ({ done, total }: { done: number; total: number }) => told.push(`${done}/${total}`);
  await printBook(book, { signal: new AbortController().signal, onProgress });
  expect(told).toEqual(["1/3", "2/3", "3/3"]);
});

test("an aborted book ends with the reason, at once, and the next one is printed", async () => {
  const abort = new AbortController();
  const endless = testBook({ pages: [await testPage("Una frase que no acaba nunca. ".repeat(40_000), null)] });
  const printing = printBook(await endless, {
    signal: abort.signal,
    onProgress: () => abort.abort(new Error("enough")),
  });
  await expect(printing).rejects.toThrow("enough");
  await expect(print(await testBook())).resolves.toMatchObject({ pageCount: 6 });
});
