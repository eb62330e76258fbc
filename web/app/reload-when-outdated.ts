const reloadedAt = "bodega.reloaded-at";

/** Not again within this time: then it is not an update that is missing. */
const pauseMs = 30_000;

/**
 * After an update of the server, a page that was open before asks for parts that are no more. Loading it anew brings the
 * present ones; once, so that a server that really lacks a part does not make it turn in circles.
 */
export function reloadWhenOutdated(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(reloadedAt) ?? 0);
    if (Date.now() - last < pauseMs) return;
    event.preventDefault();
    sessionStorage.setItem(reloadedAt, String(Date.now()));
    window.location.reload();
  });
}
