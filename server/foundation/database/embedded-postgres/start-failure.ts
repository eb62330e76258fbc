import { EmbeddedPostgresError, type EmbeddedPostgresFailure } from "./embedded-postgres-error.ts";

interface KnownFailure {
  readonly pattern: RegExp;
  readonly failure: EmbeddedPostgresFailure;
  readonly message: string;
}

/** What PostgreSQL says (always in English: `LC_ALL=C`), and what that means to whoever runs Bodega. */
const knownFailures: readonly KnownFailure[] = [
  {
    pattern: /No space left on device|Disk quota exceeded/,
    failure: "data-folder",
    message: "the disk is full; make room and start again",
  },
  {
    pattern: /error while loading shared libraries|Library not loaded/,
    failure: "unsupported-system",
    message: "a library is missing; run `npm rebuild`, or set DATABASE_URL to a PostgreSQL of your own",
  },
  {
    pattern: /ENOENT|ENOEXEC|Exec format error|GLIBC_/,
    failure: "unsupported-system",
    message:
      "its programs do not run on this system (they need glibc on Linux); set DATABASE_URL to a PostgreSQL of your own",
  },
  {
    pattern: /pre-existing shared memory block|lock file "postmaster.pid" already exists/,
    failure: "server",
    message: "processes of the server that was killed are still ending; try again in a while",
  },
  {
    pattern: /could not bind/,
    failure: "server",
    message: "another program has taken its port",
  },
  {
    pattern: /shared memory|Cannot allocate memory|could not create semaphores/,
    failure: "server",
    message: "there is not enough memory; free some, or set DATABASE_URL to a PostgreSQL of your own",
  },
  {
    pattern: /wrong ownership|Permission denied|EACCES|Read-only file system|invalid permissions/,
    failure: "data-folder",
    message: "it lacks a permission; let the data folder belong to the user that runs Bodega",
  },
  {
    pattern: /PANIC|checkpoint record|control file|database files are incompatible|could not open file|corrupt/,
    failure: "data-folder",
    message: "its data is damaged; restore the data folder from a backup",
  },
  {
    pattern: /unrecognized configuration parameter|invalid value for parameter|syntax error in file/,
    failure: "server",
    message: "a setting is wrong",
  },
];

/** The one sentence for a program's output. `about`: the path to look at, the log or the data. */
export function explainFailure(
  output: string,
  about: string,
  options: { readonly cause?: unknown } = {},
): EmbeddedPostgresError {
  const line = decisiveLine(output);
  const known = knownFailures.find(({ pattern }) => pattern.test(line) || pattern.test(output));
  const reason = known === undefined ? "see its log" : known.message;
  return new EmbeddedPostgresError(
    known?.failure ?? "server",
    `The embedded PostgreSQL does not start: ${reason} (${about}: ${line}).`,
    options,
  );
}

/** Left behind by a server that was killed; PostgreSQL's processes end on their own shortly after. */
export function isStillEnding(output: string): boolean {
  return /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output);
}

export function isPortTaken(output: string): boolean {
  return /could not bind .*(Address already in use|Permission denied)|could not create any TCP\/IP sockets/.test(
    output,
  );
}

function decisiveLine(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== "");
  const severe = lines.findLast((line) => /\b(FATAL|PANIC|error|could not)\b/.test(line));
  return (severe ?? lines.at(-1) ?? "it said nothing")
    .replace(/^.*?\b(FATAL|PANIC|LOG):\s*/, "")
    .replace(/\.$/, "")
    .slice(0, 300);
}
