import { readFile, writeFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { beginBook, beginIllustrations, readBook, readRun, writeStory } from "../stories/index.ts";
import { type CommandContext, type CommandOptions, runCommand } from "./run-command.ts";
import { table } from "./terminal.ts";

const pollMs = 500;
/** A story is never longer; a file that is, is no story. */
const textBytesMax = 800_000;

type Language = "es" | "en";
type Format = "a4" | "square";

interface CreateFlags extends CommandOptions {
  readonly title?: string;
  readonly author?: string;
  readonly language: Language;
  readonly region?: string;
  readonly pdf?: string;
  readonly format: Format;
  readonly timeout: number;
}

interface IllustrateFlags extends CommandOptions {
  readonly force?: boolean;
  readonly provider?: "gemini" | "openai" | "sketch";
  readonly timeout: number;
}

interface PrintFlags extends CommandOptions {
  readonly format: Format;
  readonly bleed?: boolean;
  readonly cropMarks?: boolean;
  readonly timeout: number;
}

/** `bodega story …`: a story from a text file, its pictures, its book; with or without a server beside it. */
export function addStoryCommand(program: Command): void {
  const story = program.command("story").description("make stories, their pictures and their books");
  const format = () =>
    new Option("--format <format>", "a4 (210 × 297 mm) or square (210 × 210 mm)")
      .choices(["a4", "square"])
      .default("a4");
  const timeout = () =>
    new Option("--timeout <seconds>", "how long to wait when nothing moves any more")
      .argParser(parseSeconds)
      .default(300);

  story
    .command("create")
    .description("make a story from a text file, illustrate it, and print it with --pdf")
    .argument("<file>", "plain text, UTF-8; its title is the name of the file unless --title says otherwise")
    .option("--title <title>", "of the story")
    .option("--author <name>", "who wrote it")
    .addOption(new Option("--language <language>", "of the text").choices(["es", "en"]).default("es"))
    .option("--region <code>", "where it is made, such as AR (ISO 3166-1)")
    .option("--pdf <file>", "where to put the book")
    .addOption(format())
    .addOption(timeout())
    .option("--json", "answer as JSON")
    .action((file: string, flags: CreateFlags) => runCommand(flags, (context) => create(context, file, flags)));

  story
    .command("illustrate")
    .description("make the pictures of a story that are missing, and follow each to its end")
    .argument("<id>", "of the story")
    .option("--force", "make anew what is there")
    .addOption(
      new Option("--provider <name>", "ask this one, without a fallback").choices(["gemini", "openai", "sketch"]),
    )
    .addOption(timeout())
    .option("--json", "answer as JSON")
    .action((id: string, flags: IllustrateFlags) =>
      runCommand(flags, async (context) => {
        const run = await illustrate(context, parseId(id), flags);
        context.terminal.result(run, () => describeRun(run));
        return run.state === "done";
      }),
    );

  story
    .command("pdf")
    .description("print a story as a book")
    .argument("<id>", "of the story")
    .argument("<file>", "where to put it")
    .addOption(format())
    .option("--bleed", "3 mm of picture beyond the edge")
    .option("--crop-marks", "marks for whoever cuts")
    .addOption(timeout())
    .option("--json", "answer as JSON")
    .action((id: string, file: string, flags: PrintFlags) =>
      runCommand(flags, async (context) => {
        const book = await print(context, parseId(id), file, flags);
        context.terminal.result(book, () => describeBook(book));
        return book.state === "done";
      }),
    );
}

async function create(context: CommandContext, file: string, flags: CreateFlags): Promise<boolean> {
  const content = await readText(file);
  const storyId = await writeStory(context.foundation, {
    title: flags.title ?? basename(file, extname(file)),
    content,
    language: flags.language,
    author: flags.author ?? null,
    region: flags.region ?? null,
  });
  const run = await illustrate(context, storyId, { timeout: flags.timeout });
  const { pdf, format, timeout } = flags;
  const book = pdf === undefined ? null : await print(context, storyId, pdf, { format, timeout });
  context.terminal.result({ storyId, run, book }, () =>
    [`Story ${storyId}`, "", describeRun(run), ...(book === null ? [] : ["", describeBook(book)])].join("\n"),
  );
  return run.state === "done" && (book === null || book.state === "done");
}

interface RunReport {
  readonly runId: string;
  readonly state: string;
  readonly code: string | null;
  readonly message: string | null;
  readonly images: readonly {
    readonly imageType: string;
    readonly state: string;
    readonly provider: string | null;
    readonly durationMs: number | null;
    readonly code: string | null;
  }[];
}

async function illustrate(
  context: CommandContext,
  storyId: string,
  flags: Pick<IllustrateFlags, "force" | "provider" | "timeout">,
): Promise<RunReport> {
  const { foundation, terminal } = context;
  const runId = await beginIllustrations(foundation, storyId, {
    force: flags.force ?? false,
    ...(flags.provider !== undefined && { providerOverride: flags.provider }),
  });
  const run = await follow(context, flags.timeout, async () => {
    const present = await readRun(foundation, runId);
    if (present === null) throw new Error("the story was deleted");
    const settled = present.images.filter(({ state }) => !["waiting", "queued", "drawing"].includes(state));
    terminal.progress(`${settled.length} of ${present.images.length} pictures`);
    return { value: present, isOver: present.isOver, mark: JSON.stringify(present.images.map(({ state }) => state)) };
  });
  return {
    runId,
    state: run.isOver ? run.state : "waiting",
    code: run.code,
    message: run.message,
    images: run.images.map(({ imageType, state, provider, durationMs, code }) => ({
      imageType,
      state,
      provider,
      durationMs,
      code,
    })),
  };
}

interface BookReport {
  readonly file: string;
  readonly state: string;
  readonly pageCount: number | null;
  readonly sizeBytes: number | null;
  readonly notes: readonly { readonly code: string; readonly page: number }[];
  readonly code: string | null;
  readonly message: string | null;
}

async function print(
  context: CommandContext,
  storyId: string,
  file: string,
  flags: Pick<PrintFlags, "format" | "bleed" | "cropMarks" | "timeout">,
): Promise<BookReport> {
  const { foundation, terminal, signal } = context;
  const { format, timeout } = flags;
  const options = { format, hasBleed: flags.bleed ?? false, hasCropMarks: flags.cropMarks ?? false };
  await beginBook(foundation, storyId, options);
  const book = await follow(context, timeout, async () => {
    const present = await readBook(foundation, storyId, format);
    if (present === null) throw new Error("the book was deleted");
    terminal.progress(`the book: ${Math.round(present.progress * 100)} %`);
    const isOver = present.state === "done" || present.state === "failed";
    return { value: present, isOver, mark: `${present.state} ${present.progress}` };
  });
  if (book.objectKey !== null && book.sizeBytes !== null) {
    await writeFile(file, await foundation.store.get(book.objectKey, { bytesMax: book.sizeBytes, signal }));
  }
  const { state, pageCount, sizeBytes, notes, code, message } = book;
  return { file, state, pageCount, sizeBytes, notes, code, message };
}

interface Look<Value> {
  readonly value: Value;
  readonly isOver: boolean;
  /** Changes while something moves. */
  readonly mark: string;
}

/** Looks until it is over, the person interrupts, or nothing has moved for so long; answers what was seen last. */
async function follow<Value>(
  { signal, ensureWorker }: CommandContext,
  patienceSeconds: number,
  look: () => Promise<Look<Value>>,
): Promise<Value> {
  let movedAt = performance.now();
  let mark = "";
  for (;;) {
    await ensureWorker();
    const seen = await look();
    if (seen.mark !== mark) movedAt = performance.now();
    mark = seen.mark;
    if (seen.isOver || signal.aborted || performance.now() - movedAt > patienceSeconds * 1000) return seen.value;
    await wait(pollMs);
  }
}

function describeRun(run: RunReport): string {
  const rows = run.images.map(({ imageType, state, provider, durationMs, code }) => [
    imageType,
    state,
    provider,
    durationMs,
    code,
  ]);
  const reason = run.code === null ? "" : `: ${run.code}, ${run.message}`;
  return [table(["picture", "state", "provider", "ms", "reason"], rows), "", `The run is ${run.state}${reason}.`].join(
    "\n",
  );
}

function describeBook(book: BookReport): string {
  if (book.state !== "done")
    return `The book is ${book.state}${book.code === null ? "" : `: ${book.code}, ${book.message}`}.`;
  const lines = book.notes.map(({ code, page }) => `  page ${page}: ${code}`);
  return [`${book.file}: ${book.pageCount} pages, ${book.sizeBytes} bytes.`, ...lines].join("\n");
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Error(`${file} cannot be read`, { cause: error });
  });
  if (bytes.byteLength > textBytesMax) throw new Error(`${file} is too long for a story`);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new InvalidArgumentError("It must be a number of seconds above 0.");
  return seconds;
}

function parseId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new Error(`${text} is not the id of a story`);
}
