/**
 * What is thrown where nobody waits for it.
 *
 * @module
 */

/**
 * Listens for errors in timers, and for promises that are rejected with nobody
 * waiting: they would otherwise end this process.
 *
 * @param onStray Told what was thrown, as whoever threw it.
 * @returns A function that stops listening.
 */
export function watchForStrayErrors(
  onStray: (error: unknown) => void,
): () => void {
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    onStray(event.error);
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    onStray(event.reason);
  };
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  return () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}
