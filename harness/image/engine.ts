/**
 * Container engines: found, asked for an image, told apart from it.
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
  /** Tells it from other errors, also over a boundary. */
  override readonly name = "EngineError";
  /** What can be done about it. */
  readonly remedy: string;

  /**
   * Makes one.
   *
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

/** Milliseconds an engine may take: saving takes as long as an image is large. */
export const ENGINE_TIMEOUT_MS = 30 * 60_000;

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
    throw engineFailure(engine, "use", outcome, IS_DOWN);
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
  throw engineFailure(
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
  throw engineFailure(
    engine,
    `save image ${quoted(reference)} with`,
    outcome,
    "Is there room in the folder for temporary files? TMPDIR names another one",
  );
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

/**
 * Calls an engine.
 *
 * @param host The machine.
 * @param engine The engine.
 * @param words What it is told.
 * @returns What came of it; nothing if there is no such program.
 * @throws {EngineError} If it cannot be started, or takes too long.
 */
export async function tryEngine(
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

/**
 * Makes an error of what an engine said.
 *
 * @param engine The engine.
 * @param wanted What was wanted, continuing the sentence `Cannot …`.
 * @param outcome What came of it.
 * @param remedy What can be done about it.
 * @returns The error.
 */
export function engineFailure(
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
