/**
 * Which files a module is made of.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import type { Host } from "../../host/host.ts";
import { runCommand } from "../process/command.ts";
import { decodeOutput } from "../process/outcome.ts";

/** The part of the machine that asking the runtime needs. */
export type GraphHost = Pick<
  Host,
  "cwd" | "environment" | "runtimeCommand" | "start" | "stat"
>;

const TIMEOUT_MS = 20_000;

/**
 * Asks the runtime which local files a module imports, directly or not.
 *
 * @param path The module, an absolute path.
 * @param host The machine.
 * @returns Absolute paths, the module's own among them; it alone if the runtime
 * does not say, as of a module that does not parse.
 */
export async function moduleFiles(
  path: string,
  host: GraphHost,
): Promise<readonly string[]> {
  const [program] = host.runtimeCommand() ?? [];
  if (program === undefined) return [path];
  const { exitCode, stdout } = await runCommand(
    {
      argv: [program, "info", "--json", "--quiet", path],
      env: { ...host.environment(), NO_COLOR: "1" },
      searchPath: "",
      cwd: host.cwd(),
      stdin: new Uint8Array(),
    },
    { timeoutMs: TIMEOUT_MS, graceMs: 0 },
    host,
  );
  return exitCode === 0 ? localFiles(decodeOutput(stdout), path) : [path];
}

/**
 * Reads the files from what `deno info --json` prints.
 *
 * @param text What was printed.
 * @param path The module, which is among the files in any case.
 * @returns Absolute paths, each once.
 *
 * @example Usage
 * ```ts
 * import { localFiles } from "./module_files.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const modules = [{ specifier: "file:///b.ts" }, { specifier: "jsr:@a/b" }];
 * const text = JSON.stringify({ modules });
 * assertEquals(localFiles(text, "/a.ts"), ["/a.ts", "/b.ts"]);
 * ```
 */
export function localFiles(text: string, path: string): readonly string[] {
  const graph: unknown = JSON.parse(text);
  const modules = property(graph, "modules");
  const files = (Array.isArray(modules) ? modules : [])
    .map((module) => property(module, "specifier"))
    .filter((url) => typeof url === "string")
    .filter((url) => url.startsWith("file:"))
    .map((url) => fromFileUrl(url));
  return [...new Set([path, ...files])];
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
