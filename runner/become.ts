/**
 * Becoming another program: a command, the declared shell, a plugin.
 *
 * @module
 */

import { HostError } from "../host/host.ts";
import { printable, quoted } from "../text/printable.ts";
import { refuseContractFile } from "./_refuse_contract_file.ts";
import { commandImage } from "./command_image.ts";
import type { ReplaceAction } from "./dispatch.ts";
import { EXIT_CODE } from "./exit_code.ts";
import { loadEnvFile } from "./identity.ts";
import { RUNTIME_FILE } from "./paths.ts";
import type { ProcessPort, ReplaceFailure } from "./process.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { RunnerHost } from "./runner_host.ts";
import type { StartState } from "./start_state.ts";

/** What a program is become with. */
export interface Stage {
  /** The machine. */
  readonly host: Pick<RunnerHost, "isTerminal" | "readFile" | "stat">;
  /** The process to replace. */
  readonly process: Pick<ProcessPort, "replace">;
  /** What it was started with. */
  readonly start: StartState;
}

/**
 * Becomes another program. Everything up to that is synchronous, and nothing
 * is printed.
 *
 * @param action What {@linkcode dispatch} decided.
 * @param stage What it is done with.
 * @returns Why it could not be done; nothing at all if the process was
 * replaced.
 *
 * @example A command that does not exist
 * ```ts
 * import { become } from "./become.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
 * const refusal = become({ kind: "exec" }, {
 *   host: new MemoryHost({}),
 *   process: { replace: () => ({ code: "ENOENT", path: undefined }) },
 *   start: { words: [bytes("exec"), bytes("jq")], environment: [], restore },
 * });
 * assertEquals(refusal.code, 127);
 * assertEquals(refusal.message, 'Cannot execute "jq": no such command');
 * ```
 */
export function become(action: ReplaceAction, stage: Stage): Refusal {
  switch (action.kind) {
    case "exec":
      return exec(stage);
    case "shell":
      return shell(stage);
    case "plugin":
      return replaceBy(stage, action.path, stage.start.words.slice(1));
  }
}

function exec(stage: Stage): Refusal {
  const image = commandImage(stage.start);
  const [command = new Uint8Array()] = image.argv;
  const failure = stage.process.replace(image);
  return replaceRefusal(stage, decode(command), failure, image.candidates);
}

function shell(stage: Stage): Refusal {
  const { host } = stage;
  const descriptors = [0, 1, 2] as const;
  const missing = descriptors.find((descriptor) =>
    !host.isTerminal(descriptor)
  );
  if (missing !== undefined) {
    return refuse(
      EXIT_CODE.usage,
      `Cannot start a shell: descriptor ${missing} is not a terminal`,
      'A shell is for people: start the container with -it, or use "runner exec"',
    );
  }
  const path = declaredShell(stage);
  return typeof path === "string" ? replaceBy(stage, path, []) : path;
}

function declaredShell(stage: Stage): string | Refusal {
  const file = loadEnvFile(stage.host, RUNTIME_FILE);
  if (!file.ok) return refuseContractFile(file.problems);
  const entry = file.value.find(({ key }) => key === "RUNTIME_SHELL");
  if (entry === undefined) {
    return refuseContractFile([`RUNTIME_SHELL is missing in ${RUNTIME_FILE}`]);
  }
  if (!entry.value.startsWith("/")) {
    const where = `${RUNTIME_FILE}:${entry.line}`;
    return refuseContractFile([
      `${where}: RUNTIME_SHELL must be an absolute path, got ${
        quoted(entry.value)
      }`,
    ]);
  }
  return entry.value;
}

function replaceBy(
  stage: Stage,
  path: string,
  rest: readonly Uint8Array[],
): Refusal {
  const file = new TextEncoder().encode(path);
  const { environment, restore } = stage.start;
  const failure = stage.process.replace({
    candidates: [file],
    searched: false,
    argv: [file, ...rest],
    environment,
    restore,
  });
  return replaceRefusal(stage, path, failure, [file]);
}

function replaceRefusal(
  stage: Stage,
  command: string,
  failure: ReplaceFailure,
  candidates: readonly Uint8Array[],
): Refusal {
  const { reason } = new HostError(failure.code, command);
  if (failure.code !== "ENOENT") {
    const path = failure.path === undefined ? command : decode(failure.path);
    return refuse(
      EXIT_CODE.notExecutable,
      `Cannot execute ${quoted(command)}: ${printable(path)}: ${reason}`,
      failure.code === "ENOEXEC" ? NO_INTERPRETER : undefined,
    );
  }
  const present = candidates.map(decode).find((path) => exists(stage, path));
  if (present !== undefined) {
    return refuse(
      EXIT_CODE.notFound,
      `Cannot execute ${quoted(command)}: the interpreter of ${
        printable(present)
      } does not exist`,
      'Its "#!" line, or the loader it is linked for, names a file that this image does not hold',
    );
  }
  return refuse(
    EXIT_CODE.notFound,
    `Cannot execute ${quoted(command)}: no such command`,
  );
}

const NO_INTERPRETER =
  'It is neither a program for this machine nor a script with a "#!" line';

function exists({ host }: Stage, path: string): boolean {
  try {
    host.stat(path);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
