/**
 * What a hook of a case is called with.
 *
 * @module
 */

import type { JsonObject } from "../json.ts";

/** Where a case is run. */
export interface HookContext {
  /** The case's temporary directory, absolute. */
  readonly tmpDir: string;
  /** The environment of the case, as the hook finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** The document that holds the case, absolute. */
  readonly documentPath: string;
  /** The folder the document may not reach out of, absolute. */
  readonly contractRoot: string;
  /** Milliseconds the hook has. */
  readonly timeoutMs: number;
}

/** What the program came to, for the hook behind it. */
export interface HookResult {
  /** Its exit code: the one the case asks for. */
  readonly exitCode: number;
  /** Standard output, read as UTF-8. */
  readonly stdout: string;
  /** Standard error, read as UTF-8. */
  readonly stderr: string;
}

/**
 * The one argument of a hook; the keys of `hook_kwargs` are in it, too.
 *
 * Source: spec format, section 4, "Hooks".
 *
 * @example A hook that keeps what a program printed
 * ```ts
 * import type { HookArgument } from "./hook.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const kept: string[] = [];
 * function keep({ result, label }: HookArgument) {
 *   kept.push(`${label}: ${result?.stdout}`);
 * }
 * const context = {
 *   tmpDir: "/tmp/spec-1",
 *   env: {},
 *   documentPath: "/repo/a.spec.md",
 *   contractRoot: "/repo",
 *   timeoutMs: 1000,
 * };
 * const result = { exitCode: 0, stdout: "hello", stderr: "" };
 * keep({ case: { id: "A-1" }, harness: {}, context, result, label: "said" });
 * assertEquals(kept, ["said: hello"]);
 * ```
 */
export interface HookArgument {
  /** The case as written: a copy. */
  readonly case: JsonObject;
  /** Where it is run. */
  readonly context: HookContext;
  /** Its `harness` mapping: a copy. */
  readonly harness: JsonObject;
  /** What the program came to; only `hook_after` gets it. */
  readonly result?: HookResult;
  /** What `hook_kwargs` holds. */
  readonly [key: string]: unknown;
}
