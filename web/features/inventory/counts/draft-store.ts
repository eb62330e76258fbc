import type { CountLine } from "./count-line.ts";

/** A count that is going on in this browser. */
export interface CountDraft {
  readonly id: string;
  readonly locationId: string;
  readonly locationName: string;
  /** "" : everything; null: what is scanned; else a category. */
  readonly category: string | null;
  readonly startedAt: string;
}

export interface KeptCount {
  readonly draft: CountDraft;
  /** In the order in which they are walked. */
  readonly lines: readonly CountLine[];
}

interface KeptLine {
  readonly draftId: string;
  readonly productId: string;
  /** Its place in the list. */
  readonly order: number;
  readonly line: CountLine;
}

/** Where counts are kept until they are booked: each line for itself, so that a scan among thousands costs one write. */
export interface DraftStore {
  readonly drafts: () => Promise<readonly CountDraft[]>;
  readonly open: (draftId: string) => Promise<KeptCount | null>;
  readonly begin: (count: KeptCount) => Promise<void>;
  readonly keep: (
    draftId: string,
    lines: readonly { readonly order: number; readonly line: CountLine }[],
  ) => Promise<void>;
  readonly discard: (draftId: string) => Promise<void>;
}

/** In the browser, over reloads, crashes and the loss of the network. Rejects where the browser refuses. */
export function indexedDbDraftStore(name = "bodega-counts", factory: IDBFactory = indexedDB): DraftStore {
  let opening: Promise<IDBDatabase> | null = null;
  const database = () => {
    opening ??= openDatabase(factory, name).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const transaction = async (mode: IDBTransactionMode) => (await database()).transaction(["drafts", "lines"], mode);
  return {
    drafts: async () => {
      const reading = await transaction("readonly");
      const answer: IDBRequest<CountDraft[]> = reading.objectStore("drafts").getAll();
      await ended(reading);
      return answer.result;
    },
    open: async (draftId) => {
      const reading = await transaction("readonly");
      const draft: IDBRequest<CountDraft | undefined> = reading.objectStore("drafts").get(draftId);
      const lines: IDBRequest<KeptLine[]> = reading.objectStore("lines").getAll(linesOf(draftId));
      await ended(reading);
      if (draft.result === undefined) return null;
      const inOrder = lines.result.toSorted((one, other) => one.order - other.order);
      return { draft: draft.result, lines: inOrder.map(({ line }) => line) };
    },
    begin: async ({ draft, lines }) => {
      const writing = await transaction("readwrite");
      writing.objectStore("drafts").put(draft);
      for (const [order, line] of lines.entries()) put(writing, draft.id, order, line);
      await ended(writing);
    },
    keep: async (draftId, lines) => {
      const writing = await transaction("readwrite");
      for (const { order, line } of lines) put(writing, draftId, order, line);
      await ended(writing);
    },
    discard: async (draftId) => {
      const writing = await transaction("readwrite");
      writing.objectStore("drafts").delete(draftId);
      writing.objectStore("lines").delete(linesOf(draftId));
      await ended(writing);
    },
  };
}

function put(writing: IDBTransaction, draftId: string, order: number, line: CountLine): void {
  const kept: KeptLine = { draftId, productId: line.productId, order, line };
  writing.objectStore("lines").put(kept);
}

/** Every key `[draftId, …]`: an array is greater than any text. */
const linesOf = (draftId: string): IDBKeyRange => IDBKeyRange.bound([draftId], [draftId, []]);

function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("drafts", { keyPath: "id" });
      request.result.createObjectStore("lines", { keyPath: ["draftId", "productId"] });
    };
    request.onsuccess = () => {
      // Another tab with a newer version waits for us to let go.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new DOMException("another tab holds the counts", "InvalidStateError"));
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/** The one of this page. */
let store: DraftStore | null = null;
export function draftStore(): DraftStore {
  store ??= indexedDbDraftStore();
  return store;
}
