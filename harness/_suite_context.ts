/** What all cases of a run share, made of what the run is asked to do. */

import { type Host, HostError } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import type { SuiteOptions } from "./suite.ts";
import type { SuiteContext } from "./types/harness_type.ts";
import { UsageError } from "./usage_error.ts";

/** Milliseconds after which a case is stopped, unless the caller says otherwise. */
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Makes it.
 *
 * @param options What is asked for.
 * @param host The machine.
 * @returns What cases share.
 * @throws {UsageError} If the contract root is no directory.
 * @throws {RangeError} If the timeout is out of range.
 */
export function suiteContext(
  options: Omit<SuiteOptions, "reporters">,
  host: Host,
): SuiteContext {
  const { contractRoot, isolate = "none" } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new RangeError(
      `Cannot run cases: timeoutMs must be above 0 and below 2^31, got ${timeoutMs}`,
    );
  }
  if (contractRoot !== undefined) requireDirectory(contractRoot, host);
  const ownEnvironment = host.environment();
  const environment = { ...(options.environment ?? ownEnvironment) };
  const cwd = host.cwd();
  const shared = { host, environment, cwd, contractRoot, timeoutMs };
  return { ...shared, isolate, ownEnvironment };
}

function requireDirectory(path: string, host: Host): void {
  try {
    if (host.stat(path).kind === "directory") return;
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    const message = `Cannot use ${
      quoted(path)
    } as contract root: ${cause.reason}`;
    throw new UsageError(message, { cause });
  }
  throw new UsageError(
    `Cannot use ${quoted(path)} as contract root: it is not a directory`,
  );
}
