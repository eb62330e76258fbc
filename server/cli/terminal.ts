/** Where a command says what it does: results on stdout, progress on stderr while a person watches. */
export interface Terminal {
  readonly isJson: boolean;
  /** The result: `value` as JSON for machines, else the lines of `text`. */
  readonly result: (value: unknown, text: () => string) => void;
  /** One line that the next one replaces; nothing where no person watches. */
  readonly progress: (line: string) => void;
}

export function openTerminal({ isJson }: { readonly isJson: boolean }): Terminal {
  const isWatched = process.stderr.isTTY && !isJson;
  const clear = () => (isWatched ? process.stderr.write("\r\u001b[K") : false);
  return {
    isJson,
    result: (value, text) => {
      clear();
      process.stdout.write(isJson ? `${JSON.stringify(value)}\n` : `${text()}\n`);
    },
    progress: (line) => {
      if (!isWatched) return;
      clear();
      process.stderr.write(line.slice(0, Math.max((process.stderr.columns ?? 80) - 1, 10)));
    },
  };
}

/** Columns under their headings, each as wide as its widest cell; numbers to the right. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? "" : oneLine(String(cell)))));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const isNumeric = headings.map((_heading, column) => rows.every((row) => typeof (row[column] ?? 0) === "number"));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        isNumeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [headings, ...cells].map(line).join("\n");
}

/** File names and messages come from outside: no control character may reach the terminal. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ");
