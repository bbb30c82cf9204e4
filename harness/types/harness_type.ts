/**
 * What a case type is: the keys it takes, the targets it offers, how it runs.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import type { RawCase } from "../case.ts";
import type { Json, JsonObject } from "../json.ts";

/** The assertion operators. */
export type OperatorName =
  | "contain"
  | "regex"
  | "json_type"
  | "exists"
  | "evaluate";

/** Where functions are called: in this process, or each in one of its own. */
export type Isolation = "none" | "process";

/** What all cases of a run share. */
export interface SuiteContext {
  /** The machine. */
  readonly host: Host;
  /** The environment cases start from; a copy, never the process's own. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Where the run was started, absolute: a case may change the working
   * directory of the process for a while. Default: the host's.
   */
  readonly cwd?: string;
  /** `--contract-root`, if given. */
  readonly contractRoot: string | undefined;
  /** Milliseconds after which a case is stopped. */
  readonly timeoutMs: number;
  /** Where functions are called. Default `none`: in this process. */
  readonly isolate?: Isolation;
  /**
   * The environment of the tools themselves, for a process that calls a
   * function. Default: the host's, as it is then.
   */
  readonly ownEnvironment?: Readonly<Record<string, string>>;
  /**
   * Whether every case has to name its own entrypoint, and none is taken from
   * the environment. Default false.
   */
  readonly explicitEntrypoint?: boolean;
}

/**
 * The values of a case's targets, after it ran.
 *
 * @throws {CaseError} `assertion` if the target has no value here (a missing
 * file behind `stdout_path_text`).
 */
export type ReadTarget = (target: string) => Json;

/** A case that is completely checked and only waits to be run. */
export interface RunnableCase {
  /** Whether it must not run beside another one of its kind: it shares this process. */
  readonly exclusive: boolean;
  /**
   * Runs the case.
   *
   * Everything it made (directories, processes, patched globals) is gone when
   * it returns, or the promise settles, whichever way.
   *
   * @param context What all cases of the run share.
   * @param judge Checks the assertions while the targets can be read; throws
   * a `CaseError` if one does not hold.
   * @returns A promise, if it waits for something.
   * @throws {CaseError} If the case fails.
   */
  run(
    context: SuiteContext,
    judge: (read: ReadTarget) => void,
  ): void | Promise<void>;
}

/** JSON Schemas, draft 7, of the keys of a case type; without one, any value. */
export interface TypeSchemas {
  /** Of its top-level keys. */
  readonly keys?: Readonly<Record<string, JsonObject>>;
  /** Of its keys under `harness`; `spec_lang` has one already. */
  readonly harnessKeys?: Readonly<Record<string, JsonObject>>;
  /** The top-level keys that must be there, besides `id` and `type`. */
  readonly required?: readonly string[];
  /** What else has to hold of `harness` as a whole. */
  readonly harness?: JsonObject;
}

/** A case type, registered by name. */
export interface HarnessType {
  /** What `type:` says. */
  readonly name: string;
  /** Top-level keys besides the ones common to all types. */
  readonly keys: readonly string[];
  /** Keys understood under `harness`. */
  readonly harnessKeys: readonly string[];
  /** What its keys look like, for editors: `compile` checks them by itself. */
  readonly schemas?: TypeSchemas;
  /** Targets, and the operators that make sense on each. */
  readonly targets: Readonly<Record<string, readonly OperatorName[]>>;
  /** What the type adds to the capability list. */
  readonly capabilities: readonly string[];
  /**
   * Whether a case asserts something even without `assert`, as the exit code
   * of `cli.run` does. Default false.
   */
  readonly assertsItself?: boolean;
  /**
   * Checks the type's own keys completely, without running anything.
   *
   * @param raw The case, its common keys checked.
   * @param context What all cases of the run share.
   * @returns The case, ready to run.
   * @throws {CaseError} `schema` if a key is wrong, `runtime` if something it
   * needs is missing.
   */
  compile(raw: RawCase, context: SuiteContext): RunnableCase;
}
