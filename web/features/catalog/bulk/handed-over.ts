let files: readonly File[] = [];

/** Files that were dropped on another page, for the one that adds them. */
export function handOver(dropped: readonly File[]): void {
  files = [...files, ...dropped];
}

export function takeHandedOver(): readonly File[] {
  const taken = files;
  files = [];
  return taken;
}
