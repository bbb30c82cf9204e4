/**
 * `runner exec COMMAND` where nothing is in its way: the shortest way to a tool.
 *
 * @module
 */

import type { FileInfo, UserIds } from "../host/host.ts";
import { startsWithText } from "../text/ascii.ts";
import { commandImage } from "./command_image.ts";
import { REQUIRED_IDENTITY_KEYS } from "./identity.ts";
import { IDENTITY_FILE, PLUGIN_DIRECTORY } from "./paths.ts";
import { readPlainEnv } from "./plain_env.ts";
import type { ProcessPort } from "./process.ts";
import type { StartState } from "./start_state.ts";

/** What is asked of the machine. It may throw whatever it likes. */
export interface PlainMachine {
  /** Whose process this is. */
  userIds(): UserIds;
  /** What is at a path, links followed. */
  stat(path: string): Pick<FileInfo, "kind" | "size">;
  /** Reads a whole file as text; what is no UTF-8 becomes U+FFFD. */
  readTextFile(path: string): string;
}

/** The process to replace, which is left alone but for that. */
export interface PlainProcess extends Pick<ProcessPort, "replace"> {
  /** Reads what it was started with. */
  read(): StartState;
}

const EXEC = "exec";

// Files of the kernel that never end say that they are empty.
const MOST_BYTES = 4096;

/**
 * Becomes the command of `runner exec COMMAND`, if this process may and all of
 * the image is as it mostly is.
 *
 * The whole program is compiled anew at every start, so a start that needs only
 * this much is spared the rest. It refuses nothing, and it allows nothing that
 * `main` would refuse: whenever it comes back, for whatever reason, the process
 * is as it was, and `main` decides from the beginning. So a command that could
 * not be executed is tried once more, by those who have the words for why not.
 *
 * Source: Runner Platform Contract, "Execution model".
 *
 * @param machine The machine.
 * @param process The process to read the words from and to replace.
 *
 * @example Whoever is root gets no further
 * ```ts
 * import { execPlainly } from "./plain_exec.ts";
 *
 * const nothing = (): never => {
 *   throw new Error("not asked for");
 * };
 * execPlainly({
 *   userIds: () => ({ uid: 0, euid: 0, gid: 0, egid: 0 }),
 *   stat: nothing,
 *   readTextFile: nothing,
 * }, { read: nothing, replace: nothing });
 * ```
 */
export function execPlainly(
  machine: PlainMachine,
  process: PlainProcess,
): void {
  try {
    if (isReady(machine)) replace(process);
  } catch {
    // Whatever it is, the whole program meets it again, and has words for it.
  }
}

/** As `checkPreconditions`, but that nothing is said. */
function isReady(machine: PlainMachine): boolean {
  const { uid, euid } = machine.userIds();
  if (uid === 0 || euid === 0) return false;
  const { kind, size } = machine.stat(IDENTITY_FILE);
  if (kind !== "file" || size === 0 || size > MOST_BYTES) return false;
  const identity = readPlainEnv(machine.readTextFile(IDENTITY_FILE));
  if (identity === undefined) return false;
  for (const key of REQUIRED_IDENTITY_KEYS) {
    if ((identity.get(key) ?? "").trim() === "") return false;
  }
  return machine.stat(PLUGIN_DIRECTORY).kind === "directory";
}

/** A start in a directory without a path takes more than is done here. */
function replace(process: PlainProcess): void {
  const start = process.read();
  const [name, command] = start.words;
  if (name === undefined || command === undefined) return;
  if (name.length !== EXEC.length || !startsWithText(name, EXEC)) return;
  if (start.restore.workDirectory !== undefined) return;
  process.replace(commandImage(start));
}
