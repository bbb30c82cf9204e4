/**
 * Reads from reports of the runtime which test modules took longest.
 *
 * @module
 */

/** How long the tests of a module took together. */
export interface ModuleTime {
  /** The module, as the report names it. */
  readonly path: string;
  /** Milliseconds. */
  readonly ms: number;
}

/**
 * Reads which test modules took longest.
 *
 * @param reports The runtime's reports in the format of JUnit.
 * @param count How many modules are named at most.
 * @returns The modules, the slowest first.
 *
 * @example Usage
 * ```ts
 * import { slowestModules } from "./_slowest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const report = `
 * <testcase name="a" classname="./one_test.ts" time="0.250" line="1" col="6">
 * <testcase name="b" classname="./two_test.ts" time="1.500" line="1" col="6">
 * <testcase name="c" classname="./one_test.ts" time="0.250" line="9" col="6">`;
 * assertEquals(slowestModules([report], 1), [{ path: "two_test.ts", ms: 1500 }]);
 * ```
 */
export function slowestModules(
  reports: readonly string[],
  count: number,
): ModuleTime[] {
  const times = new Map<string, number>();
  const tests =
    /<testcase name="[^"]*" classname="(?:\.\/)?([^"]*)" time="([^"]*)"/g;
  for (const [, path = "", seconds] of reports.join("").matchAll(tests)) {
    times.set(path, (times.get(path) ?? 0) + Number(seconds) * 1000);
  }
  return Array.from(times, ([path, ms]) => ({ path, ms: Math.round(ms) }))
    .toSorted((one, other) => other.ms - one.ms).slice(0, count);
}
