import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { openBrowser } from "../e2e/support/browser.ts";
import { configureImaging } from "../server/imaging/index.ts";
import { fontPaths } from "../server/stories/book/fonts.ts";
import { type Book, type BookPage, printBook } from "../server/stories/book/index.ts";
import { drawSketch } from "../server/stories/sketch/index.ts";
import type { BenchRow } from "./bench-row.ts";

const pageCount = 8;
const reach = 10;
const look = "Una zorra pequeña de pelaje naranja con bufanda verde y mochila azul, ojos grandes y cola esponjosa.";
const scenes = [
  "el bosque de noche",
  "la playa",
  "la nieve",
  "el prado",
  "su casa",
  "la ciudad",
  "la montaña",
  "el río",
];
const paragraph =
  "Había una vez, en lo más hondo del bosque, una zorra que coleccionaba ventanas. Las encontraba en casas viejas, las " +
  "llevaba a cuestas y las colgaba de los árboles, para que los pájaros supieran por dónde entraba la mañana.";

/**
 * An illustrated story of eight pages as a book, against Chromium printing the same pages: the same pictures, typefaces
 * and texts on as many sheets, tagged and with an outline too. Both are warm, take turns, and get a new text each round;
 * ours is everything from the story's bytes to the book's, the browser's from the HTML to its PDF.
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  configureImaging();
  const rounds = quick ? 3 : 15;
  const folder = await mkdtemp(join(tmpdir(), "bodega-bench-pdf-"));
  const drawn = await drawBook();
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(180_000);
    const rows: BenchRow[] = [];
    for (const [kind, book] of [
      ["drawn, PNG", drawn],
      ["photographic, JPEG", await asJpeg(drawn)],
    ] as const) {
      rows.push(...(await compare(kind, book, { page, file: join(folder, "book.html") }, rounds)));
    }
    return rows;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(
  kind: string,
  book: Book,
  { page, file }: { readonly page: Page; readonly file: string },
  rounds: number,
): Promise<BenchRow[]> {
  const address = pathToFileURL(file).href;
  const ours: number[] = [];
  const theirs: number[] = [];
  const sizes = { ours: 0, theirs: 0 };
  let sheets = 0;
  for (let round = -1; round < rounds; round += 1) {
    const edition = withText(book, round);
    let at = performance.now();
    const printed = await printBook(edition, { signal: AbortSignal.timeout(120_000) });
    const took = performance.now() - at;
    await writeFile(file, await asHtml(edition, printed.pageCount));
    at = performance.now();
    await page.goto(address);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
    const browserTook = performance.now() - at;
    if (round < 0) continue;
    ours.push(took);
    theirs.push(browserTook);
    sheets = printed.pageCount;
    sizes.ours = printed.pdf.byteLength;
    sizes.theirs = pdf.byteLength;
  }
  const ratio = median(theirs) / median(ours);
  return [
    {
      name: `pdf, ${kind}: book`,
      value: median(ours),
      unit: "ms",
      ratio,
      ratioTo: "faster than Chromium",
      reach: `≥ ${reach} ×`,
      reached: ratio >= reach,
      note: `${sheets} sheets, ${spread(ours)}, ${rounds} rounds, ${kilobytes(sizes.ours)}`,
    },
    {
      name: `pdf, ${kind}: Chromium's print`,
      value: median(theirs),
      unit: "ms",
      note: `${spread(theirs)}, ${kilobytes(sizes.theirs)}`,
    },
  ];
}

async function drawBook(): Promise<Book> {
  const draw = async (prompt: string, imageType: "cover" | "scene_1") => ({
    bytes: await drawSketch({ prompt, characterText: look, imageType, width: 1024, height: 1536 }),
    mimeType: "image/png" as const,
    alt: prompt,
  });
  const pages: BookPage[] = [];
  for (const scene of scenes.slice(0, pageCount)) {
    pages.push({ text: paragraph, picture: await draw(`La zorra en ${scene}`, "scene_1") });
  }
  return {
    title: "La zorra que coleccionaba ventanas",
    author: "Ana Pérez",
    language: "es",
    format: "a4",
    hasBleed: false,
    hasCropMarks: false,
    cover: await draw("La zorra colecciona ventanas al amanecer", "cover"),
    pages,
    colophon: ["Ilustraciones generadas con IA."],
    createdAt: new Date("2026-01-01T00:00:00Z"),
  };
}

async function asJpeg(book: Book): Promise<Book> {
  const convert = async (picture: Book["cover"]): Promise<Book["cover"]> =>
    picture && {
      ...picture,
      bytes: await sharp(picture.bytes).jpeg({ quality: 90 }).toBuffer(),
      mimeType: "image/jpeg",
    };
  const pages: BookPage[] = [];
  for (const page of book.pages) pages.push({ ...page, picture: await convert(page.picture) });
  return { ...book, cover: await convert(book.cover), pages };
}

const withText = (book: Book, round: number): Book => ({
  ...book,
  title: `${book.title} ${round}`,
  pages: book.pages.map((page, index) => ({ ...page, text: `${page.text}\n\n—${round}, ${index} —dijo la zorra.` })),
});

/** The same sheets for a browser, styled as plainly as they can be: what costs it time is what it must do anyway. */
async function asHtml(book: Book, sheets: number): Promise<string> {
  const [reading = "", , display = ""] = await Promise.all(
    fontPaths.slice(0, 3).map((path) => readFile(path, "base64")),
  );
  const face = (name: string, font: string) =>
    `@font-face { font-family: ${name}; src: url(data:font/ttf;base64,${font}); }`;
  const image = (picture: Book["cover"]) =>
    picture &&
    `<img alt="${picture.alt}" src="data:${picture.mimeType};base64,${Buffer.from(picture.bytes).toString("base64")}">`;
  const spreads = book.pages.map(({ text, picture }, index) => {
    const paragraphs = text.split("\n\n").map((each) => `<p>${each}</p>`);
    return `<section>${image(picture)}</section><section class="text"><h2>${index + 1}</h2>${paragraphs.join("")}</section>`;
  });
  const made = 4 + 2 * book.pages.length;
  const blank = "<section></section>".repeat(Math.max(0, sheets - made));
  return `<!doctype html><html lang="es"><title>${book.title}</title><style>
    ${face("Reading", reading)} ${face("Display", display)}
    @page { size: A4; margin: 0 } body { margin: 0; font: 22pt/1.5 Reading; hyphens: auto }
    section { width: 210mm; height: 296.9mm; overflow: hidden; break-after: page; box-sizing: border-box }
    img { width: 100%; height: 100%; object-fit: cover } .text { padding: 30mm } h1, h2 { font-family: Display }
    p::first-letter { font-family: Display }</style>
    <section>${image(book.cover)}</section><section></section><section class="text"><h1>${book.title}</h1></section>
    ${spreads.join("")}<section class="text">${book.colophon.join("<br>")}</section>${blank}</html>`;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const spread = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} ms`;

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
