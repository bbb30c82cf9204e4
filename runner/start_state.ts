/**
 * What this process was started with, as bytes: nothing is decoded, nothing
 * reordered, nothing lost on the way to the tool.
 *
 * @module
 */

import { asciiText, startsWithText } from "../text/ascii.ts";

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
  /** Those of 0, 1 and 2 that were closed; the runtime opens them. */
  readonly closed?: readonly number[];
  /** A descriptor of the working directory, if the runtime runs elsewhere. */
  readonly workDirectory?: number | undefined;
}

/** The raw material of a start state. */
export interface StartFacts {
  /** `/proc/self/cmdline`. */
  readonly commandLine: Uint8Array;
  /** `/proc/self/environ`. */
  readonly environment: Uint8Array;
  /**
   * What runs: one executable, whose command line begins with its own name, or
   * a script, before whose words stand the runtime's.
   */
  readonly form: "compiled" | "script";
  /**
   * How many words the runtime counted for a script. For the compiled form it
   * says nothing: there the runtime drops a first word that is its own path.
   */
  readonly wordCount: number;
}

/**
 * The launcher's own entries, as `tools/launcher/launcher.c` writes them, each
 * with the NUL behind it. They are known by their place and their bytes, so
 * that no variable of a caller is taken for them.
 */
const LAUNCHER_ENTRIES = [
  "DENO_DIR=/dev/null/none",
  "DENO_LOG=error,deno::cache=off",
  "DENO_NO_UPDATE_CHECK=1",
  "HOME=/usr/local/lib/runner/none",
  "NO_COLOR=1",
  "TZ=UTC",
  "",
].join("\0");

/** What the launcher saw; the callers' entries follow. */
const LAUNCHER_MARK = "RUNNER_LAUNCHER=";

/** Stands before each entry of the caller, which then steers no runtime. */
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
 *   form: "compiled",
 *   wordCount: 2,
 * });
 * assertEquals(state.words, [bytes("exec"), bytes("env")]);
 * assertEquals(state.environment, [bytes("HOME=/")]);
 * ```
 */
export function readStartState(facts: StartFacts): StartState {
  const { environment, form } = facts;
  const words = readWords(facts);
  const isLaunched = form === "script" &&
    startsWithText(environment, LAUNCHER_ENTRIES + LAUNCHER_MARK);
  if (!isLaunched) {
    return {
      words,
      environment: splitAtNul(environment),
      restore: NOTHING_KNOWN,
    };
  }
  const [mark = NOTHING, ...entries] = splitAtNul(
    environment.subarray(LAUNCHER_ENTRIES.length),
  );
  return {
    words,
    environment: entries.map(unshield),
    restore: parseRestore(mark.subarray(LAUNCHER_MARK.length)),
  };
}

const NOTHING = new Uint8Array();

function readWords({ commandLine, form, wordCount }: StartFacts): Uint8Array[] {
  const all = splitAtNul(commandLine);
  const start = form === "compiled" ? 1 : all.length - wordCount;
  if (start >= 1 && start <= all.length) return all.slice(start);
  throw new TypeError(
    `Cannot read own command line: wanted a name and ${wordCount} words, got ${all.length}`,
  );
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

function unshield(entry: Uint8Array): Uint8Array {
  if (entry[0] !== SHIELD) {
    throw new TypeError(
      "Cannot read environment: an entry was not passed on by the launcher",
    );
  }
  return entry.subarray(1);
}

/** `LIMIT:IGNORED:CLOSED:DIRECTORY`, as the launcher writes it. */
function parseRestore(bytes: Uint8Array): Restore {
  const text = asciiText(bytes) ?? "";
  const fields = text.split(":");
  const [limit = "", ignored = "", closed = "", directory = ""] = fields;
  const isRight = fields.length === 4 && isNumber(limit) &&
    isBetween("0", ignored, "1") && isBetween("0", closed, "7") &&
    isNumber(directory);
  if (!isRight) {
    throw new TypeError(
      `Cannot read launcher state: got ${JSON.stringify(text)}`,
    );
  }
  const bits = Number(closed);
  return {
    openFilesLimit: limit === "0" ? undefined : BigInt(limit),
    ignoreSigpipe: ignored === "1",
    closed: bits === 0
      ? []
      : [0, 1, 2].filter((bit) => (bits >> bit & 1) === 1),
    workDirectory: directory === "0" ? undefined : Number(directory),
  };
}

// A regular expression would take longer to be compiled than all this to run.
function isNumber(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!isBetween("0", text.charAt(index), "9")) return false;
  }
  return text !== "";
}

function isBetween(first: string, character: string, last: string): boolean {
  return character.length === 1 && first <= character && character <= last;
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
  const prefix = `${name}=`;
  const entry = environment.find((bytes) => startsWithText(bytes, prefix));
  return entry?.subarray(prefix.length);
}
