/**
 * Containers: the entrypoint of an image, started as its users start it.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { runCommand } from "../process/command.ts";
import { decodeOutput } from "../process/outcome.ts";
import {
  type Engine,
  ENGINE_TIMEOUT_MS,
  engineFailure,
  type EngineHost,
  tryEngine,
} from "./engine.ts";
import script from "./engine.sh" with { type: "text" };

/** The command that starts an image's entrypoint in a container. */
export interface ContainerCommand {
  /** The command; the entrypoint's words follow it. */
  readonly command: readonly string[];
  /** The variables that it reads. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes away what is left: containers of cases that were stopped. */
  readonly clearUp: () => Promise<void>;
}

/**
 * Prepares starting an image's entrypoint.
 *
 * @param host The machine.
 * @param engine The engine.
 * @param reference The image, which the engine has.
 * @returns The command. Its directory and its containers stay until they are
 * cleared up.
 *
 * @example Usage
 * ```ts no-assert
 * import { containerCommand } from "./container.ts";
 * import { findEngine } from "./engine.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 *
 * async function prepare() {
 *   const host = denoHost();
 *   return containerCommand(host, await findEngine(host), "runner-base");
 * }
 * console.log(typeof prepare);
 * ```
 */
export function containerCommand(
  host: EngineHost,
  engine: Engine,
  reference: string,
): ContainerCommand {
  const directory = host.makeTempDirectory("runner-engine-");
  const path = `${directory}/engine.sh`;
  host.writeFile(path, new TextEncoder().encode(script));
  const label = `io.runner.verify=${directory.replace(/^.*\//, "")}`;
  return {
    command: ["sh", path],
    environment: {
      ...host.environment(),
      ENGINE_PROGRAM: engine.program,
      ENGINE_IMAGE: reference,
      ENGINE_LABEL: label,
      ENGINE_ARGS: engine.runArgs.join("\n"),
    },
    clearUp: async () => {
      host.remove(directory);
      await removeContainers(host, engine, label);
    },
  };
}

/**
 * Starts a container once, to find out whether the engine can: what it cannot
 * would fail every case.
 *
 * @param host The machine.
 * @param engine The engine.
 * @param container What {@linkcode containerCommand} prepared.
 * @throws {EngineError} If it cannot start one.
 *
 * @example Usage
 * ```ts no-assert
 * import { containerCommand, tryContainer } from "./container.ts";
 * import { findEngine } from "./engine.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 *
 * async function canStart(reference: string): Promise<void> {
 *   const host = denoHost();
 *   const engine = await findEngine(host);
 *   const container = containerCommand(host, engine, reference);
 *   await tryContainer(host, engine, container);
 *   await container.clearUp();
 * }
 * console.log(typeof canStart);
 * ```
 */
export async function tryContainer(
  host: EngineHost,
  engine: Engine,
  { command, environment }: ContainerCommand,
): Promise<void> {
  const request = {
    argv: [...command, "help"],
    env: environment,
    searchPath: host.env("PATH") ?? "",
    stdin: new Uint8Array(),
  };
  const limits = { timeoutMs: ENGINE_TIMEOUT_MS };
  const outcome = await runCommand(request, limits, host);
  const { exitCode, stderr } = outcome;
  const isEngine = exitCode === 125 ||
    ([126, 127].includes(exitCode) && ENGINE_WORDS.test(decodeOutput(stderr)));
  if (!isEngine) return;
  const remedy = `Try it by hand: ${engine.program} run --rm IMAGE help`;
  throw engineFailure(engine, "start a container with", outcome, remedy);
}

async function removeContainers(
  host: EngineHost,
  engine: Engine,
  label: string,
): Promise<void> {
  const filter = `label=${label}`;
  const found = await tryEngine(host, engine, [
    "ps",
    "--all",
    "--quiet",
    "--filter",
    filter,
  ]);
  const ids = found === undefined ? "" : decodeOutput(found.stdout).trim();
  if (ids === "") return;
  await tryEngine(host, engine, ["rm", "--force", ...ids.split(/\s+/)]);
}

/**
 * Engines say 125 when they failed themselves, and 126 or 127 when they could
 * not start what the image names: then in words of their own, which are not the
 * entrypoint's.
 */
const ENGINE_EXIT_CODE = /\bexit_code expected=\S+ actual=(125|126|127)\b/;
const ENGINE_WORDS = /^(?: *\| )?(?:Error: |docker: |FATA\[|time=)/m;

/**
 * Tells an engine that failed from an image that disagrees.
 *
 * @param error What a case failed with.
 * @returns The failure as what it is.
 *
 * @example The engine's own exit code
 * ```ts
 * import { tellEngineFailure } from "./container.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const said = "exit_code expected=0 actual=125\nstderr:\n  | out of space";
 * const told = tellEngineFailure(new CaseError("assertion", said));
 * assertEquals(told instanceof CaseError && told.category, "runtime");
 * ```
 */
export function tellEngineFailure(error: unknown): unknown {
  if (!(error instanceof CaseError) || error.category !== "assertion") {
    return error;
  }
  const [, code] = ENGINE_EXIT_CODE.exec(error.message) ?? [];
  const isEngine = code === "125" ||
    (code !== undefined && ENGINE_WORDS.test(error.message));
  if (!isEngine) return error;
  const message = `the engine failed, not the image: ${error.message}`;
  return new CaseError("runtime", message, { cause: error });
}
