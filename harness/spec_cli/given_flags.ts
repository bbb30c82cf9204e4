/**
 * What a command was given in all: words, a configuration, and paths on
 * standard input.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { printable } from "../../text/printable.ts";
import { complain } from "../command_line.ts";
import { UsageError } from "../usage_error.ts";
import { findConfigFiles, readConfigFile } from "./config_files.ts";
import type { CommandId, FlagRow } from "./flag_row.ts";
import { flagsOf } from "./flag_table.ts";
import type { Flags } from "./flags.ts";
import type { Config } from "./config.ts";

/** The part of the machine that all of it comes from. */
export type GivenHost = Pick<
  Host,
  "cwd" | "lstat" | "openFile" | "readFile" | "readInput" | "stat" | "write"
>;

/**
 * Lays what words gave over what a configuration gives, and reads paths from
 * standard input where they say `-`.
 *
 * @param command The command's whole name.
 * @param flags What words gave.
 * @param host The machine.
 * @returns What was given in all. With `--verbose` standard error was told
 * which file counts.
 * @throws {UsageError} If words contradict each other, the configuration cannot
 * be understood, or there is no path on standard input.
 *
 * @example Flags win
 * ```ts
 * import { givenFlags } from "./given_flags.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const config = { spec: { paths: ["specs"], jobs: 4, recursive: true } };
 * const host = new MemoryHost({
 *   files: { "/runner.json": JSON.stringify(config) },
 * });
 * const words = {
 *   values: new Map([["jobs", ["1"]]]),
 *   switches: new Set<string>(),
 *   paths: [],
 * };
 * const flags = await givenFlags("spec run", words, host);
 * assertEquals(flags.paths, ["specs"]);
 * assertEquals(flags.values.get("jobs"), ["1"]);
 * assertEquals(flags.switches.has("recursive"), true);
 * ```
 */
export async function givenFlags(
  command: CommandId,
  flags: Flags,
  host: GivenHost,
): Promise<Flags> {
  const rows = flagsOf(command);
  const names = rows.map(({ name }) => name);
  if (!names.includes("config")) return flags;
  refuseContradiction(flags, names);
  const [program = ""] = command.split(" ");
  const isImage = program === "image";
  const config = await readFor(isImage ? "image" : "spec", flags, host);
  const all = config === undefined ? flags : merged(flags, config, rows);
  if (config !== undefined && all.switches.has("verbose")) {
    complain([`${program}: configuration: ${printable(config.path)}`], host);
  }
  if (isImage || !all.paths.includes("-")) return all;
  const { pathsWithInput } = await import("./paths_from_input.ts");
  return { ...all, paths: pathsWithInput(all.paths, host) };
}

async function readFor(
  program: "spec" | "image",
  flags: Flags,
  host: GivenHost,
): Promise<Config | undefined> {
  if (flags.switches.has("no-config")) return undefined;
  const [named] = flags.values.get("config") ?? [];
  const levels = named === undefined
    ? findConfigFiles(host)
    : [[readConfigFile(named, host)]];
  if (levels.length === 0) return undefined;
  const { readConfig } = await import("./config.ts");
  return readConfig(levels, program, named !== undefined);
}

function merged(
  flags: Flags,
  config: Config,
  rows: readonly FlagRow[],
): Flags {
  const taken = new Set(
    rows.filter(({ name }) => isGiven(name, flags))
      .flatMap(({ name, excludes = [] }) => [name, ...excludes]),
  );
  const counts = (name: string) =>
    rows.some((row) => row.name === name) && !taken.has(name) &&
    !flags.switches.has(`no-${name}`);
  const values = [...config.values].filter(([name]) => counts(name));
  const switches = [...config.switches].filter(counts);
  return {
    values: new Map([...flags.values, ...values]),
    switches: new Set([...flags.switches, ...switches]),
    paths: flags.paths.length === 0 ? config.paths : flags.paths,
    configured: new Set([...values.map(([name]) => name), ...switches]),
  };
}

function isGiven(name: string, flags: Flags): boolean {
  return flags.switches.has(name) || flags.values.has(name);
}

function refuseContradiction(flags: Flags, names: readonly string[]): void {
  const name = names.find((name) =>
    isGiven(name, flags) && isGiven(`no-${name}`, flags)
  );
  if (name === undefined) return;
  throw new UsageError(`Cannot use --${name} and --no-${name} at once`, {
    remedy: "Give one of them",
  });
}
