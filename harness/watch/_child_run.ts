/** One run of a watch, in a process of its own. */

import type { Host } from "../../host/host.ts";
import { watchCommand } from "../process/_watch.ts";
import { decodeOutput } from "../process/outcome.ts";
import type { Flags } from "../spec_cli/flags.ts";
import { UsageError } from "../usage_error.ts";

/** What one run is told besides the flags of the watch. */
export interface ChildRequest {
  /** Documents, directories, or cases as `FILE:LINE`. */
  readonly paths: readonly string[];
  /** The ids that are wanted, instead of those of the watch. */
  readonly filter?: string;
}

/** Flags that have done their part, or are about reports. */
const OWN_FLAGS: ReadonlySet<string> = new Set([
  ...["config", "no-config", "quiet", "verbose", "report"],
]);

/**
 * Makes the words of a run. A configuration has been read by then: what it gave
 * is among the flags.
 */
export function childWords(
  { values, switches }: Flags,
  { paths, filter }: ChildRequest,
): string[] {
  const given = filter === undefined
    ? values
    : new Map([...values, ["filter", [filter]]]);
  return [
    "run",
    ...[...given].filter(([name]) => !OWN_FLAGS.has(name))
      .flatMap(([name, list]) => list.map((value) => `--${name}=${value}`)),
    ...[...switches].filter((name) => !OWN_FLAGS.has(name))
      .map((name) => `--${name}`),
    "--no-config",
    "--report=ndjson=-",
    "--",
    ...paths,
  ];
}

/** As long as a timer can wait: each case has a timeout of its own. */
const TIMEOUT_MS = 2 ** 31 - 1;

/** Runs and returns what was printed, however it ended. */
export async function runChild(
  words: readonly string[],
  host: Host,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const runtime = host.runtimeCommand("main");
  if (runtime === undefined) throw noRuntime();
  const { printed } = await watchCommand(
    host.start({
      argv: [...runtime, ...words],
      env: host.environment(),
      searchPath: "",
      cwd: host.cwd(),
      stdin: new Uint8Array(),
    }),
    { timeoutMs: TIMEOUT_MS },
  );
  const { stdout, stderr } = printed;
  return { stdout: decodeOutput(stdout), stderr: decodeOutput(stderr) };
}

function noRuntime(): UsageError {
  return new UsageError(
    "Cannot watch: this program was compiled, and has no deno to run with",
    { remedy: "Run it with deno" },
  );
}
