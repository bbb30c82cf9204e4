/**
 * What this process was started with, as bytes: nothing is decoded, nothing
 * reordered, nothing lost on the way to the tool.
 *
 * @module
 */

/** How this program was started; see {@linkcode readStartState}. */
export interface StartState {
  /** The words after the program's name. */
  readonly words: readonly Uint8Array[];
  /** The environment's entries in their order, not necessarily `KEY=value`. */
  readonly environment: readonly Uint8Array[];
  /** What the runtime changed and the tool must get back. */
  readonly restore: Restore;
}

/** Process attributes that the runtime changed before this program ran. */
export interface Restore {
  /** The soft limit on open files, if it is known. */
  readonly openFilesLimit: bigint | undefined;
  /** Whether SIGPIPE was ignored; the runtime always ignores it. */
  readonly ignoreSigpipe: boolean;
}

/** The raw material of a start state. */
export interface StartFacts {
  /** `/proc/self/cmdline`. */
  readonly commandLine: Uint8Array;
  /** `/proc/self/environ`. */
  readonly environment: Uint8Array;
  /** How many words the program was given. */
  readonly wordCount: number;
  /** Whether the portable form's launcher may have prepared the environment. */
  readonly launcher: boolean;
}

/**
 * Marks the launcher's own last entry; entries after it are the caller's, each
 * with {@linkcode SHIELD} in front, which keeps them from steering the runtime.
 */
const LAUNCHER_MARK = "RUNNER_LAUNCHER=";
const SHIELD = "@".charCodeAt(0);

/**
 * Reads the start state from what the kernel keeps.
 *
 * In the portable form the launcher hides the caller's environment from the
 * runtime; here it is uncovered again. The launcher's entries, which stand in
 * front, are dropped.
 *
 * @param facts The raw material.
 * @returns Words, environment and what must be restored.
 * @throws {TypeError} If the material contradicts itself.
 *
 * @example A program started as `runner exec env` with one variable
 * ```ts
 * import { readStartState } from "./start_state.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * const state = readStartState({
 *   commandLine: bytes("runner\0exec\0env\0"),
 *   environment: bytes("HOME=/\0"),
 *   wordCount: 2,
 *   launcher: false,
 * });
 * assertEquals(state.words, [bytes("exec"), bytes("env")]);
 * assertEquals(state.environment, [bytes("HOME=/")]);
 * ```
 */
export function readStartState(facts: StartFacts): StartState {
  const commandLine = splitAtNul(facts.commandLine);
  if (commandLine.length <= facts.wordCount) {
    throw new TypeError(
      `Cannot read own command line: wanted more than ${facts.wordCount} words, got ${commandLine.length}`,
    );
  }
  const words = commandLine.slice(commandLine.length - facts.wordCount);
  const environment = splitAtNul(facts.environment);
  const mark = facts.launcher ? environment.findIndex(isLauncherMark) : -1;
  const own = environment[mark];
  return own === undefined ? { words, environment, restore: NOTHING_KNOWN } : {
    words,
    environment: environment.slice(mark + 1).map(unshield),
    restore: parseRestore(own),
  };
}

const NOTHING_KNOWN: Restore = {
  openFilesLimit: undefined,
  ignoreSigpipe: false,
};

function splitAtNul(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0, start);
    if (end < 0) break;
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  if (start < bytes.length) parts.push(bytes.subarray(start));
  return parts;
}

function isLauncherMark(entry: Uint8Array): boolean {
  for (let i = 0; i < LAUNCHER_MARK.length; i++) {
    if (entry[i] !== LAUNCHER_MARK.charCodeAt(i)) return false;
  }
  return true;
}

function unshield(entry: Uint8Array): Uint8Array {
  if (entry[0] !== SHIELD) {
    throw new TypeError(
      "Cannot read environment: an entry was not passed on by the launcher",
    );
  }
  return entry.subarray(1);
}

/** `RUNNER_LAUNCHER=LIMIT:IGNORED`, as the launcher writes it. */
function parseRestore(entry: Uint8Array): Restore {
  const text = new TextDecoder().decode(entry.subarray(LAUNCHER_MARK.length));
  const match = /^(\d+):([01])$/.exec(text);
  if (match === null) {
    throw new TypeError(`Cannot read launcher state: got "${text}"`);
  }
  const limit = BigInt(match[1] ?? 0);
  return {
    openFilesLimit: limit === 0n ? undefined : limit,
    ignoreSigpipe: match[2] === "1",
  };
}

/**
 * Reads one variable from raw entries; of duplicates the first counts, as in
 * the C library.
 *
 * @param environment The entries.
 * @param name The variable's name, ASCII.
 * @returns Its value as bytes, or nothing if it is not set.
 *
 * @example Usage
 * ```ts
 * import { rawVariable } from "./start_state.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const entry = new TextEncoder().encode("PATH=/bin");
 * assertEquals(
 *   rawVariable([entry], "PATH"),
 *   new TextEncoder().encode("/bin"),
 * );
 * ```
 */
export function rawVariable(
  environment: readonly Uint8Array[],
  name: string,
): Uint8Array | undefined {
  const prefix = new TextEncoder().encode(`${name}=`);
  const entry = environment.find((bytes) =>
    prefix.every((byte, index) => bytes[index] === byte)
  );
  return entry?.subarray(prefix.length);
}
