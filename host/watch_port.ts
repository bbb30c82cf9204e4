/**
 * Changes of files and keys of a terminal, as they come.
 *
 * @module
 */

import { hostError } from "./deno_reader.ts";

/** What watching asks of the machine. */
export interface WatchPort {
  /**
   * Watches directories, not what is below their directories.
   *
   * @param directories Their paths.
   * @param onChange Told the paths of files that were written, made or taken
   * away.
   * @returns Stops watching.
   * @throws {HostError} If a directory cannot be watched.
   */
  watch(
    directories: readonly string[],
    onChange: (paths: readonly string[]) => void,
  ): () => void;
  /**
   * Reads keys of the terminal that standard input is.
   *
   * @param onKey Told what each key sends.
   * @returns Stops reading, and puts the terminal back.
   */
  readKeys(onKey: (key: string) => void): () => void;
}

/**
 * Opens the door to this machine for whoever watches.
 *
 * @returns The port. Nothing is watched yet.
 *
 * @example Usage
 * ```ts no-assert
 * import { denoWatchPort } from "./watch_port.ts";
 *
 * const stop = denoWatchPort().watch(["."], (paths) => console.log(paths));
 * stop();
 * ```
 */
export function denoWatchPort(): WatchPort {
  return { watch, readKeys };
}

function watch(
  directories: readonly string[],
  onChange: (paths: readonly string[]) => void,
): () => void {
  const watcher = openWatcher(directories);
  const run = async () => {
    for await (const { kind, paths } of watcher) {
      if (kind !== "access") onChange(paths);
    }
  };
  run();
  return () => watcher.close();
}

function openWatcher(directories: readonly string[]): Deno.FsWatcher {
  try {
    return Deno.watchFs([...directories], { recursive: false });
  } catch (error) {
    throw hostError(error, directories.join(", "));
  }
}

function readKeys(onKey: (key: string) => void): () => void {
  Deno.stdin.setRaw(true, { cbreak: true });
  const reader = Deno.stdin.readable.getReader();
  const decoder = new TextDecoder();
  const run = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return onKey("\x04");
      const text = decoder.decode(value, { stream: true });
      // An escape sequence is one key; what is pasted is many.
      for (const key of text.startsWith("\x1b") ? [text] : text) onKey(key);
    }
  };
  run().catch(() => onKey("\x04"));
  return () => {
    Deno.stdin.setRaw(false);
    reader.cancel().catch(() => {});
  };
}
