/**
 * This process, lent to a case.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { setTimeout } from "../_timers.ts";
import { CaseError } from "../case_error.ts";
import {
  type Callable,
  describe,
  exitCodeOf,
  type FunctionName,
  loadFunction,
} from "./_function.ts";
import { noteTraces, removeTraces } from "./_left_behind.ts";
import { owner, runAs } from "./_owner.ts";
import {
  enter,
  environmentNow,
  exitCodeNow,
  ProcessState,
  setEnvironment,
} from "./_process_state.ts";
import { redirect } from "./_redirect.ts";
import { Exit, Session, type SessionOptions } from "./_session.ts";
import { watchForStrayErrors } from "./_stray_errors.ts";
import type { CallInput, CallIo } from "./call.ts";
import { type Outcome, showPrinted } from "./outcome.ts";

/** A function that is loaded and waits to be called. */
export interface LoadedFunction {
  /** Where it came from. */
  readonly name: FunctionName;
  /** The function. */
  readonly call: Callable;
}

/** What a hook finds. */
export interface HookInput {
  /** The complete environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds until it is given up on. */
  readonly timeoutMs: number;
}

/** What a case may do with the process while it has it. */
export interface ProcessLoan {
  /**
   * Loads a function.
   *
   * @param name Which function.
   * @param timeoutMs Milliseconds until that is given up on.
   * @throws {CaseError} `runtime` if it cannot be loaded or is not there.
   */
  load(name: FunctionName, timeoutMs: number): Promise<LoadedFunction>;
  /**
   * Calls a function as a program.
   *
   * @param program The function.
   * @param input What it is given.
   * @returns Its exit code and everything it printed.
   * @throws {CaseError} `runtime` if it throws, returns something that is no
   * exit code, takes too long or prints too much.
   */
  call(program: LoadedFunction, input: CallInput): Promise<Outcome>;
  /**
   * Calls a function as a hook. What it prints is only shown if it fails.
   *
   * @param hook The function.
   * @param argument Its only argument.
   * @param input What it finds.
   * @returns The environment it has left.
   * @throws {CaseError} `runtime` if it throws, exits or takes too long.
   */
  hook(
    hook: LoadedFunction,
    argument: unknown,
    input: HookInput,
  ): Promise<Record<string, string>>;
  /**
   * Looks whether a hook has gone wrong since it returned.
   *
   * @throws {CaseError} `runtime` if it threw where nobody waits for it.
   */
  check(): void;
}

const ALONE = { argv: [], stdin: new Uint8Array(), stdinIsTerminal: false };

type Modules = Pick<Host, "importModule">;

const loaded: WeakMap<Modules, Set<string>> = new WeakMap();

/** The loan, and how to end it. */
export class Loan implements ProcessLoan {
  readonly #host: Modules;
  readonly #state: ProcessState = new ProcessState();
  readonly #sessions: Session[] = [];
  readonly #stopWatching: () => void;
  #stray: CaseError | undefined;
  #isOpen = true;

  constructor(env: Readonly<Record<string, string>>, host: Modules) {
    this.#host = host;
    this.#stopWatching = watchForStrayErrors((error) => this.#onStray(error));
    redirect();
    noteTraces();
    setEnvironment(env);
  }

  /** Loads a function. */
  async load(name: FunctionName, timeoutMs: number): Promise<LoadedFunction> {
    const session = this.#begin({ ...ALONE, name, timeoutMs, role: "load" });
    const load = () => attempt(() => loadFunction(name, this.#host));
    const act = () => runAs(session, () => session.run(load));
    const result = isFirst(name, this.#host)
      ? await this.#state.keepExtensions(act)
      : await act();
    if (result.ok) return { name, call: result.value };
    const { category, message, cause } = result.error;
    const printed = showPrinted(session.printed());
    throw new CaseError(category, message + printed, { cause });
  }

  /** Calls a function as a program. */
  async call(program: LoadedFunction, input: CallInput): Promise<Outcome> {
    const { name } = program;
    const { argv, stdin, stdinIsTerminal = false, timeoutMs, onPrint } = input;
    const given = { argv, stdin, stdinIsTerminal, timeoutMs, onPrint };
    const session = this.#begin({ ...given, name, role: "program" });
    setEnvironment(input.env);
    const ending = await runAs(session, () =>
      session.run<Ending>(
        async () => ({
          value: await program.call([...argv], callIo(session, input)),
        }),
        (code) => ({ value: code }),
      ));
    const exitCode = exitCodeOf(ending.value, exitCodeNow());
    if (exitCode !== undefined) return { exitCode, ...session.printed() };
    const wanted = "an exit code from 0 to 255 or nothing";
    throw session.failure(
      `returned ${describe(ending.value)}, wanted ${wanted}`,
    );
  }

  /** Calls a function as a hook. */
  async hook(
    { name, call }: LoadedFunction,
    argument: unknown,
    { env, timeoutMs }: HookInput,
  ): Promise<Record<string, string>> {
    const session = this.#begin({ ...ALONE, name, timeoutMs, role: "hook" });
    setEnvironment(env);
    await runAs(session, () => session.run(() => call(argument)));
    return environmentNow();
  }

  /** Looks whether a hook has gone wrong since it returned. */
  check(): void {
    if (this.#stray !== undefined) throw this.#stray;
  }

  /**
   * Takes the process back, once.
   *
   * @returns What could not be put back, by name.
   */
  end(): string[] {
    if (!this.#isOpen) return [];
    this.#isOpen = false;
    for (const session of this.#sessions) removeTraces(session);
    return this.#state.restore();
  }

  /** Takes the process back while it is used. */
  interrupt(): void {
    this.end();
    this.#sessions.at(-1)?.interrupt();
  }

  /** Waits for what is only told after the end, and does not listen any more. */
  async settle(): Promise<void> {
    await new Promise((go) => setTimeout(go));
    this.#stopWatching();
  }

  #begin(options: SessionOptions): Session {
    const session = new Session(options);
    if (!this.#isOpen) throw session.failure("was interrupted");
    this.#sessions.push(session);
    enter(session);
    return session;
  }

  #onStray(error: unknown): void {
    const session = owner() ?? this.#sessions.at(-1);
    if (session === undefined || session.isOver || error instanceof Exit) {
      return;
    }
    session.fail(error);
    if (session.options.role === "hook") this.#stray ??= session.thrown(error);
  }
}

interface Ending {
  readonly value: unknown;
}

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CaseError };

async function attempt<T>(act: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    if (error instanceof CaseError) return { ok: false, error };
    throw error;
  }
}

function isFirst({ specifier }: FunctionName, host: Modules): boolean {
  const known = loaded.get(host) ?? new Set<string>();
  loaded.set(host, known);
  const isNew = !known.has(specifier);
  known.add(specifier);
  return isNew;
}

function callIo(session: Session, { env, tmpDir }: CallInput): CallIo {
  return {
    stdin: {
      bytes: () => session.read(),
      text: () => new TextDecoder().decode(session.read()),
      isTerminal: () => session.options.stdinIsTerminal,
    },
    stdout: { write: (data) => session.stdout.write(data) },
    stderr: { write: (data) => session.stderr.write(data) },
    env: { ...env },
    tmpDir,
  };
}
