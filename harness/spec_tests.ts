/**
 * Specifications as tests of `deno test`: its filter, its reporters, its
 * coverage and the marks in an editor's margin then work for cases too.
 *
 * @module
 */

import { fromFileUrl, resolve, toFileUrl } from "@std/path";
import { denoHost } from "../host/deno_host.ts";
import type { Host } from "../host/host.ts";
import { printable, shortened } from "../text/printable.ts";
import type { CaseResult } from "./case.ts";
import type { Category } from "./case_error.ts";
import { type OpenCase, openSuite } from "./run_suite.ts";
import type { SuiteOptions } from "./suite.ts";

/** A test, as `Deno.test` takes it. */
export interface SpecTest {
  /** The case's id, and its title if it has one. */
  readonly name: string;
  /** Whether the case is skipped; the name then says why. */
  readonly ignore: boolean;
  /** A case cleans up after itself, and may run beside others that have not. */
  readonly sanitizeOps: false;
  /** As for what is open. */
  readonly sanitizeResources: false;
  /** A case may end the program that it calls in this process. */
  readonly sanitizeExit: false;
  /** Runs the case. */
  fn(): Promise<void>;
}

/** How {@linkcode specTests} goes about it. */
export interface SpecTestOptions
  extends
    Omit<SuiteOptions, "jobs" | "notes" | "paths" | "reporters" | "signal"> {
  /** Takes each test. Default: `Deno.test`. */
  readonly register?: (test: SpecTest) => void;
  /** The machine. Default: this one. */
  readonly host?: Host;
}

/** A case that failed, as a test reports it. */
export class SpecFailure extends Error {
  /** Its name, for those who print errors. */
  override readonly name = "SpecFailure";
  /** Why the case failed. */
  readonly category: Category;

  /**
   * Makes the failure of a case. Its only stack frame is the case's place.
   *
   * @param result The result of a case that failed.
   *
   * @example Usage
   * ```ts
   * import { SpecFailure } from "./spec_tests.ts";
   * import { CaseError } from "./case_error.ts";
   * import { failed, headAt } from "./verdict.ts";
   * import { assertStringIncludes } from "@std/assert";
   *
   * const head = headAt({ path: "/a.spec.md", line: 7, column: 1 });
   * const result = failed(head, new CaseError("assertion", "no"));
   * const { stack = "" } = new SpecFailure(result);
   * assertStringIncludes(stack, "file:///a.spec.md:7:1");
   * ```
   */
  constructor(result: CaseResult) {
    const { category, id, location, message } = result;
    super(message ?? "");
    this.category = category ?? "runtime";
    const { path, line, column } = location;
    const place = `${toFileUrl(resolve(path))}:${line}:${column}`;
    // Whoever shows an error shows its message, and its stack from line two on.
    const [first = ""] = this.message.split("\n");
    const name = printable(shortened(id));
    this.stack = `${this.name}: ${first}\n    at ${name} (${place})`;
  }
}

/**
 * Registers every case of a suite as a test.
 *
 * The documents are read and checked at once, so that every case has its name
 * before the first one runs; what is wrong with one is told when it is run. A
 * case whose requirements are not met is an ignored test.
 *
 * Cases run one after the other. With `deno test --parallel` modules share a
 * process, and with it the environment that functions called in process change
 * for as long as they run: give `isolate: "process"` there.
 *
 * @param paths Files and directories to look for documents in. A relative path
 * begins at the working directory; a URL does not depend on it.
 * @param options Which cases, and how.
 * @throws {UsageError} If there is nothing to run.
 *
 * @example A module of tests
 * ```ts no-assert
 * import { specTests } from "./spec_tests.ts";
 *
 * const specs = new URL("../specs/harness/", import.meta.url);
 * specTests(specs, { register: ({ name }) => console.log(name) });
 * ```
 */
export function specTests(
  paths: string | URL | readonly (string | URL)[],
  options: SpecTestOptions = {},
): void {
  const { register = Deno.test, host = denoHost(), ...suite } = options;
  const list = typeof paths === "string" || paths instanceof URL
    ? [paths]
    : paths;
  const cases = openSuite({ ...suite, paths: list.map(pathOf) }, host);
  for (const one of cases) register(testOf(one));
}

function pathOf(path: string | URL): string {
  return typeof path === "string" ? path : fromFileUrl(path);
}

function testOf(one: OpenCase): SpecTest {
  const { head: { id, title }, skipReason } = one;
  const words = [id, title === undefined ? "" : `: ${title}`].join("");
  const reason = skipReason === undefined ? "" : ` (skipped: ${skipReason})`;
  return {
    name: printable(shortened(words)) + printable(reason),
    ignore: skipReason !== undefined,
    sanitizeOps: false,
    sanitizeResources: false,
    sanitizeExit: false,
    async fn() {
      const result = await one.run();
      if (result.status === "fail") throw new SpecFailure(result);
    },
  };
}
