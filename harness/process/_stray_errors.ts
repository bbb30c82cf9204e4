/**
 * What is thrown where nobody waits for it.
 *
 * @module
 */

import { guest } from "./_owner.ts";

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
  ignoreLateErrors();
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

let ignoresLate = false;

// What is left of a case may throw long after it. That is nobody's failure any
// more, and must not end this process.
function ignoreLateErrors(): void {
  if (ignoresLate) return;
  ignoresLate = true;
  const ignore = (event: Event) => {
    if (guest()?.isOver === true) event.preventDefault();
  };
  globalThis.addEventListener("error", ignore);
  globalThis.addEventListener("unhandledrejection", ignore);
}
