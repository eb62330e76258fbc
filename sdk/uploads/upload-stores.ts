import type { StoredUpload, UploadStore } from "./upload.ts";

/** As long as the process. */
export function memoryUploadStore(): UploadStore {
  const kept = new Map<string, StoredUpload>();
  return {
    all: async () => [...kept.values()],
    put: async (stored) => void kept.set(stored.upload.id, stored),
    remove: async (id) => void kept.delete(id),
  };
}

const objectStore = "uploads";

/** In the browser, files too, over reloads and crashes. Rejects where the browser refuses (some private windows). */
export function indexedDbUploadStore(name = "bodega-uploads", factory: IDBFactory = indexedDB): UploadStore {
  let opening: Promise<IDBDatabase> | null = null;
  const open = () => {
    opening ??= openDatabase(factory, name).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const run = async <Value>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<Value>) => {
    const transaction = (await open()).transaction(objectStore, mode);
    const answer = ask(transaction.objectStore(objectStore));
    await ended(transaction);
    return answer.result;
  };
  return {
    // Nothing but `put` below writes there.
    all: () => run<StoredUpload[]>("readonly", (store) => store.getAll()),
    put: async (stored) => void (await run("readwrite", (store) => store.put(stored, stored.upload.id))),
    remove: async (id) => void (await run("readwrite", (store) => store.delete(id))),
  };
}

function openDatabase(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(objectStore);
    request.onsuccess = () => {
      // Another tab with a newer version waits for us to let go.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new DOMException("another tab holds the uploads", "InvalidStateError"));
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
