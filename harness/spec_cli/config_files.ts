/**
 * Files that may hold a configuration: found and read, not understood.
 *
 * @module
 */

import { type Host, HostError } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { readRegularFile } from "../_read_file.ts";
import { UsageError } from "../usage_error.ts";

/** A file that may hold a configuration. */
export interface ConfigFile {
  /** Its path, relative to the working directory if it was looked for. */
  readonly path: string;
  /** What paths in it are relative to; empty for the working directory. */
  readonly folder: string;
  /** Whether it is a configuration of Deno, which may hold one of ours. */
  readonly isDeno: boolean;
  /** What stands in it. */
  readonly bytes: Uint8Array;
}

/** The part of the machine that files are looked for with. */
export type ConfigHost = Pick<
  Host,
  "cwd" | "lstat" | "openFile" | "readFile" | "stat"
>;

/** The key of a Deno configuration that holds ours. */
export const CONFIG_KEY = "runner";
const OWN_NAME = "runner.json";
const DENO_NAMES = ["deno.json", "deno.jsonc"];

/**
 * Looks for files that may hold a configuration: in the working directory and
 * those above it, up to the one that holds `.git`. Outside of a repository only
 * the working directory is looked at.
 *
 * @param host The machine.
 * @returns The files of each directory that has any, the nearest directory
 * first. A configuration of Deno that surely has no such key is left out.
 * @throws {UsageError} If one is there and cannot be read.
 *
 * @example Usage
 * ```ts
 * import { findConfigFiles } from "./config_files.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const files = { "/repo/.git/HEAD": "", "/repo/runner.json": "{}" };
 * const host = new MemoryHost({ files, cwd: "/repo/docs" });
 * const [[file] = []] = findConfigFiles(host);
 * assertEquals(file?.path, "../runner.json");
 * assertEquals(file?.folder, "..");
 * ```
 */
export function findConfigFiles(
  host: ConfigHost,
): readonly (readonly ConfigFile[])[] {
  const levels = levelsOf(host);
  return Array.from({ length: levels }, (_, up) => {
    const folder = Array.from({ length: up }, () => "..").join("/");
    const prefix = folder === "" ? "" : `${folder}/`;
    return [OWN_NAME, ...DENO_NAMES].filter((name) =>
      exists(`${prefix}${name}`, host)
    ).map((name) => readConfigFile(`${prefix}${name}`, host))
      .filter(({ isDeno, bytes }) => !isDeno || mayHoldKey(bytes));
  }).filter((files) => files.length > 0);
}

/**
 * Reads one file.
 *
 * @param path Its path.
 * @param host The machine.
 * @returns What stands in it.
 * @throws {UsageError} If it cannot be read.
 *
 * @example Usage
 * ```ts
 * import { readConfigFile } from "./config_files.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/ci/deno.json": "{}" } });
 * const { folder, isDeno } = readConfigFile("/ci/deno.json", host);
 * assertEquals([folder, isDeno], ["/ci", true]);
 * ```
 */
export function readConfigFile(path: string, host: ConfigHost): ConfigFile {
  const result = readRegularFile(path, host);
  if (!result.ok) {
    throw new UsageError(
      `Cannot read configuration ${quoted(path)}: ${result.reason}`,
      { remedy: "--no-config goes without", cause: result.cause },
    );
  }
  const slash = path.lastIndexOf("/");
  return {
    path,
    folder: path.slice(0, Math.max(slash, Number(path.startsWith("/")))),
    isDeno: DENO_NAMES.includes(path.slice(slash + 1)),
    bytes: result.bytes,
  };
}

/** How many directories are looked at, the working directory among them. */
function levelsOf(host: ConfigHost): number {
  const names = host.cwd().split("/").filter((name) => name !== "");
  for (let up = 0; up <= names.length; up++) {
    const folder = `/${names.slice(0, names.length - up).join("/")}`;
    if (exists(`${folder === "/" ? "" : folder}/.git`, host)) return up + 1;
  }
  return 1;
}

// The parser that knows places and comments is loaded for nothing if there is
// no such key; what plain JSON is not, only it can tell.
function mayHoldKey(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes(`"${CONFIG_KEY}"`)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== "object" || value === null ||
      Object.hasOwn(value, CONFIG_KEY);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

function exists(path: string, host: ConfigHost): boolean {
  try {
    // A link that leads nowhere is there: reading it says what is wrong.
    host.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}
