/**
 * Container engines: the entrypoint of an image, started as its users start it.
 *
 * An engine is a program that this machine has, not a part of this project:
 * what it says about itself is trouble, never a verdict on an image.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { printable, quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";
import { runCommand } from "../process/command.ts";
import { decodeOutput, type Outcome } from "../process/outcome.ts";
import { UsageError } from "../usage_error.ts";
import script from "./engine.sh" with { type: "text" };

/** The engines that are looked for, the first one found counts. */
export const ENGINES = ["docker", "podman", "nerdctl"] as const;

/** An engine that was found. */
export interface Engine {
  /** The program, as it is started. */
  readonly program: string;
  /** Further flags of its run command. */
  readonly runArgs: readonly string[];
}

/** An engine that is missing, or that could not do what it was asked for. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  /** What can be done about it. */
  readonly remedy: string;

  /**
   * @param message What was wanted, and the engine's own words.
   * @param remedy What can be done about it.
   */
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** The part of the machine that an engine needs. */
export type EngineHost = Pick<
  Host,
  | "env"
  | "environment"
  | "makeTempDirectory"
  | "remove"
  | "start"
  | "stat"
  | "writeFile"
>;

/** What {@linkcode findEngine} is told. */
export interface FindEngineOptions {
  /** The one to use. Default: the first of {@linkcode ENGINES} that is here. */
  readonly program?: string;
  /** Further flags of its run command. */
  readonly runArgs?: readonly string[];
}

const IS_DOWN = "Is its service running? Another engine is named with --engine";

// Asking, saving and clearing up take as long as an image is large.
const ENGINE_TIMEOUT_MS = 30 * 60_000;

/**
 * Finds a container engine.
 *
 * @param host The machine.
 * @param options Which one, and how its containers are run.
 * @returns The engine, which answered.
 * @throws {EngineError} If there is none, or it does not answer.
 *
 * @example A machine without an engine
 * ```ts
 * import { EngineError, findEngine } from "./engine.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => findEngine(new MemoryHost()),
 *   EngineError,
 *   "Cannot find a container engine",
 * );
 * ```
 */
export async function findEngine(
  host: EngineHost,
  options: FindEngineOptions = {},
): Promise<Engine> {
  const { program, runArgs = [] } = options;
  for (const candidate of program === undefined ? ENGINES : [program]) {
    const engine = { program: candidate, runArgs };
    const outcome = await tryEngine(host, engine, ["version"]);
    if (outcome === undefined) continue;
    if (outcome.exitCode === 0) return engine;
    throw failure(engine, "use", outcome, IS_DOWN);
  }
  throw new EngineError(
    program === undefined
      ? `Cannot find a container engine: there is no ${ENGINES.join(", no ")}`
      : `Cannot find container engine ${quoted(program)}`,
    "Install one, or verify without: image verify --archive FILE, image verify --sandbox DIR",
  );
}

/**
 * Makes sure that an engine has an image.
 *
 * @param host The machine.
 * @param engine The engine.
 * @param reference The image.
 * @throws {UsageError} If the reference cannot be one.
 * @throws {EngineError} If the engine does not have it.
 *
 * @example A reference that an engine would take for a flag
 * ```ts
 * import { requireImage } from "./engine.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { UsageError } from "../usage_error.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const engine = { program: "podman", runArgs: [] };
 * await assertRejects(
 *   () => requireImage(new MemoryHost(), engine, "--privileged"),
 *   UsageError,
 * );
 * ```
 */
export async function requireImage(
  host: EngineHost,
  engine: Engine,
  reference: string,
): Promise<void> {
  if (!/^[A-Za-z0-9]/.test(reference)) {
    throw new UsageError(
      `Cannot verify ${
        quoted(reference)
      }: an image reference begins with a letter or digit`,
      { remedy: "image verify runner-base" },
    );
  }
  const outcome = await runEngine(host, engine, [
    "image",
    "inspect",
    reference,
  ]);
  if (outcome.exitCode === 0) return;
  const pull = `${engine.program} pull ${reference}`;
  throw failure(
    engine,
    `find image ${quoted(reference)} with`,
    outcome,
    `Nothing is pulled here: build it, or say "${pull}"`,
  );
}

/**
 * Saves an image to a file.
 *
 * @param host The machine.
 * @param engine The engine.
 * @param reference The image.
 * @param file The file to write, a docker archive.
 * @throws {EngineError} If the engine cannot, as on a full disk.
 *
 * @example Usage
 * ```ts no-assert
 * import { findEngine, saveImage } from "./engine.ts";
 * import { denoHost } from "../../host/deno_host.ts";
 *
 * async function save(): Promise<void> {
 *   const host = denoHost();
 *   await saveImage(host, await findEngine(host), "runner-base", "base.tar");
 * }
 * console.log(typeof save);
 * ```
 */
export async function saveImage(
  host: EngineHost,
  engine: Engine,
  reference: string,
  file: string,
): Promise<void> {
  const words = ["save", "--output", file, reference];
  const outcome = await runEngine(host, engine, words);
  if (outcome.exitCode === 0) return;
  throw failure(
    engine,
    `save image ${quoted(reference)} with`,
    outcome,
    "Is there room in the folder for temporary files? TMPDIR names another one",
  );
}

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
 * import { containerCommand, findEngine } from "./engine.ts";
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
 * import { containerCommand, findEngine, tryContainer } from "./engine.ts";
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
  throw failure(engine, "start a container with", outcome, remedy);
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
 * import { tellEngineFailure } from "./engine.ts";
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

async function runEngine(
  host: EngineHost,
  engine: Engine,
  words: readonly string[],
): Promise<Outcome> {
  const outcome = await tryEngine(host, engine, words);
  if (outcome !== undefined) return outcome;
  throw new EngineError(
    `Cannot find container engine ${quoted(engine.program)}`,
    "It was there a moment ago: was it taken away?",
  );
}

/** Nothing if there is no such program. */
async function tryEngine(
  host: EngineHost,
  engine: Engine,
  words: readonly string[],
): Promise<Outcome | undefined> {
  const request = {
    argv: [engine.program, ...words],
    env: host.environment(),
    searchPath: host.env("PATH") ?? "",
    stdin: new Uint8Array(),
  };
  try {
    return await runCommand(request, { timeoutMs: ENGINE_TIMEOUT_MS }, host);
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    if (isMissing(error.cause)) return undefined;
    throw new EngineError(
      `Cannot use ${quoted(engine.program)}: ${error.message}`,
      "Try the engine by itself first",
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof HostError && error.code === "ENOENT";
}

const MOST_WORDS = 500;
const LAST_LINES = 2;

function failure(
  engine: Engine,
  wanted: string,
  outcome: Outcome,
  remedy: string,
): EngineError {
  // What went wrong comes last, after whatever tells of progress.
  const lines = decodeOutput(outcome.stderr).trim().split(/\s*\n\s*/);
  const said = printable(lines.slice(-LAST_LINES).join("; "));
  const words = said === "" ? `exit code ${outcome.exitCode}` : said;
  return new EngineError(
    `Cannot ${wanted} ${engine.program}: ${words.slice(0, MOST_WORDS)}`,
    remedy,
  );
}
