/**
 * Performing an action: print, or become another program.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { printable, quoted } from "../text/printable.ts";
import type { Action } from "./dispatch.ts";
import { EXIT_CODE } from "./exit_code.ts";
import {
  type ContractFileResult,
  type ImageIdentity,
  loadEnvFile,
} from "./identity.ts";
import { RUNTIME_FILE } from "./paths.ts";
import { listPlugins } from "./plugins.ts";
import type { ProcessPort, ReplaceFailure } from "./process.ts";
import { type Refusal, refuse } from "./refusal.ts";
import {
  renderAbout,
  renderHelp,
  renderInfo,
  renderVersion,
} from "./render.ts";
import {
  renderAboutJson,
  renderInfoJson,
  renderVersionJson,
} from "./render_json.ts";
import { readRuntimeInfo, readVersionInfo } from "./runtime_info.ts";
import { candidatePaths } from "./search_path.ts";
import { rawVariable, type StartState } from "./start_state.ts";

/** The part of the machine that the entrypoint needs. */
export type RunnerHost = Pick<
  Host,
  | "cwd"
  | "isTerminal"
  | "lstat"
  | "mayAccess"
  | "readDirectory"
  | "readFile"
  | "stat"
  | "userIds"
  | "write"
>;

/** What an action is performed with. */
export interface Stage {
  /** The machine. */
  readonly host: RunnerHost;
  /** The process to replace. */
  readonly process: ProcessPort;
  /** What it was started with. */
  readonly start: StartState;
  /** The image's identity. */
  readonly identity: ImageIdentity;
}

/** An action that is not a refusal. */
export type PerformableAction = Exclude<Action, Refusal>;

/** What came of an action that did not replace the process. */
export type Outcome = { readonly kind: "done" } | Refusal;

/**
 * Performs an action.
 *
 * Output is complete before the first byte is written, so that a failure
 * leaves standard output empty.
 *
 * @param action What {@linkcode dispatch} decided.
 * @param stage What it is performed with.
 * @returns That it is done, or why it could not be; nothing at all if the
 * process was replaced.
 *
 * @example Print the identity
 * ```ts
 * import { perform } from "./perform.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const host = new MemoryHost({});
 * const restore = { openFilesLimit: undefined, ignoreSigpipe: false };
 * perform({ kind: "about", json: false }, {
 *   host,
 *   process: {
 *     start: () => ({ words: [], environment: [], restore }),
 *     replace: () => ({ code: "ENOENT", path: undefined }),
 *   },
 *   start: { words: [], environment: [], restore },
 *   identity: { image: "base", domain: "base", role: "base", entries: [] },
 * });
 * assertStringIncludes(host.stdoutText, "Image identity:");
 * ```
 */
export function perform(action: PerformableAction, stage: Stage): Outcome {
  switch (action.kind) {
    case "help":
      return print(stage, help(stage));
    case "about":
      return print(stage, ok(about(stage.identity, action.json)));
    case "info":
      return print(stage, info(stage, action.json));
    case "version":
      return print(stage, version(stage, action.json));
    case "exec":
      return exec(stage);
    case "shell":
      return shell(stage);
    case "plugin":
      return become(stage, action.path, stage.start.words.slice(1));
  }
}

function ok(value: string): ContractFileResult<string> {
  return { ok: true, value };
}

function help(stage: Stage): ContractFileResult<string> {
  const plugins = listPlugins(stage.host);
  return plugins.ok ? ok(renderHelp(plugins.value)) : plugins;
}

function about(identity: ImageIdentity, json: boolean): string {
  return json ? renderAboutJson(identity) : renderAbout(identity);
}

function info(stage: Stage, json: boolean): ContractFileResult<string> {
  const result = readRuntimeInfo(
    stage.host,
    stage.identity,
    stage.start.environment,
  );
  if (!result.ok) return result;
  return ok(json ? renderInfoJson(result.value) : renderInfo(result.value));
}

function version(stage: Stage, json: boolean): ContractFileResult<string> {
  const result = readVersionInfo(stage.host);
  if (!result.ok) return result;
  return ok(
    json ? renderVersionJson(result.value) : renderVersion(result.value),
  );
}

function print(stage: Stage, text: ContractFileResult<string>): Outcome {
  if (!text.ok) return refuseContract(text.problems);
  try {
    stage.host.write(1, new TextEncoder().encode(text.value));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return refuse(
      EXIT_CODE.output,
      `Cannot write to standard output: ${error.reason}`,
    );
  }
  return { kind: "done" };
}

function refuseContract(problems: readonly string[]): Refusal {
  return refuse(
    EXIT_CODE.contract,
    `Cannot read contract file: ${problems.join("; ")}`,
    "The image is broken: build it again from a valid image.manifest",
  );
}

/** The first word after `exec` is the command, whatever it looks like. */
function exec(stage: Stage): Outcome {
  const argv = stage.start.words.slice(1);
  const [command = new Uint8Array()] = argv;
  const { environment, restore } = stage.start;
  const candidates = candidatePaths(command, rawVariable(environment, "PATH"));
  const searched = candidates[0] !== command;
  const image = { candidates, searched, argv, environment, restore };
  const failure = stage.process.replace(image);
  return replaceRefusal(stage, decode(command), failure, candidates);
}

function shell(stage: Stage): Outcome {
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
  return typeof path === "string" ? become(stage, path, []) : path;
}

function declaredShell(stage: Stage): string | Refusal {
  const file = loadEnvFile(stage.host, RUNTIME_FILE);
  if (!file.ok) return refuseContract(file.problems);
  const entry = file.value.find(({ key }) => key === "RUNTIME_SHELL");
  if (entry === undefined) {
    return refuseContract([`RUNTIME_SHELL is missing in ${RUNTIME_FILE}`]);
  }
  if (!entry.value.startsWith("/")) {
    const where = `${RUNTIME_FILE}:${entry.line}`;
    return refuseContract([
      `${where}: RUNTIME_SHELL must be an absolute path, got ${
        quoted(entry.value)
      }`,
    ]);
  }
  return entry.value;
}

function become(
  stage: Stage,
  path: string,
  rest: readonly Uint8Array[],
): Outcome {
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
