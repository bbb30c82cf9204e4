/**
 * One call of the spec command, from words to an exit code.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { explain, print, TOOL_EXIT_CODE } from "../command_line.ts";
import type { SuiteTask } from "../report/reporter.ts";
import type { SchemaName } from "../schema/schema_names.ts";
import { VERSION } from "../version.ts";
import {
  parseSpecArguments,
  readSpecCommand,
  type SpecCommand,
} from "./arguments.ts";
import type { SpecCommandName } from "./flag_row.ts";
import type {
  FmtOptions,
  LintOptions,
  ListOptions,
  MergeOptions,
} from "./options.ts";
import type { WatchRequest } from "../watch/watch_command.ts";
import type { Shell } from "./shells.ts";

/**
 * Carries out one call of the spec command.
 *
 * Reports go to standard output, everything else to standard error. On a
 * signal commands are stopped, directories removed, and report files left as
 * they were.
 *
 * Source: spec format, section 1.
 *
 * @param host The machine; its `args` are the words behind `spec`.
 * @returns The exit code: 0, 1, 2, or 128 plus a signal's number. Never throws.
 *
 * @example Usage
 * ```ts
 * import { specMain } from "./main.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const host = new MemoryHost({ args: ["rnu", "specs/"] });
 * assertEquals(await specMain(host), 2);
 * assertStringIncludes(host.stderrText, 'Did you mean "run"?');
 * ```
 */
export async function specMain(host: Host): Promise<number> {
  try {
    const request = parseSpecArguments(host.args);
    if (request.kind === "help") return await help(request.topic, host);
    if (request.kind === "version") return tell(`spec ${VERSION}\n`, host);
    const { name } = request;
    const { givenFlags } = await import("./given_flags.ts");
    const flags = await givenFlags(`spec ${name}`, request.flags, host);
    const command = readSpecCommand(name, flags);
    return command.kind === "watch"
      ? await watch({ flags, options: command.options }, host)
      : await perform(command, host);
  } catch (error) {
    return explain(error, "spec", host);
  }
}

async function watch(request: WatchRequest, host: Host): Promise<number> {
  const [{ watchCommand }, { denoWatchPort }] = await Promise.all([
    import("../watch/watch_command.ts"),
    import("../../host/watch_port.ts"),
  ]);
  return watchCommand(request, host, denoWatchPort());
}

function perform(
  command: Exclude<SpecCommand, { readonly kind: "watch" }>,
  host: Host,
): number | Promise<number> {
  switch (command.kind) {
    case "capabilities":
      return capabilities(host);
    case "merge":
      return merge(command.options, host);
    case "completions":
      return completions(command.shell, host);
    case "fmt":
      return format(command.options, host);
    case "schema":
      return schema(command.name, host);
    case "doctor":
      return askDoctor(command, host);
    case "list":
      return list(command.options, host);
    case "run":
      return report("run", command.options, host);
    case "lint":
      return report("lint", command.options, host);
    case "conformance":
      return report("conformance", command.options, host);
  }
}

async function help(
  topic: "spec" | SpecCommandName,
  host: Host,
): Promise<number> {
  const { specHelp } = await import("./spec_pages.ts");
  return tell(specHelp(topic), host);
}

async function completions(shell: Shell, host: Host): Promise<number> {
  const [{ completionScript }, { SPEC_PAGE }] = await Promise.all([
    import("./completions.ts"),
    import("./spec_pages.ts"),
  ]);
  return tell(completionScript(shell, SPEC_PAGE), host);
}

async function format(options: FmtOptions, host: Host): Promise<number> {
  const { fmt } = await import("./fmt.ts");
  return fmt(options, host);
}

async function schema(name: SchemaName, host: Host): Promise<number> {
  const { schemaText } = await import("../schema/schemas.ts");
  return tell(schemaText(name), host);
}

async function askDoctor(
  { json, paths }: {
    readonly json: boolean;
    readonly paths: readonly string[];
  },
  host: Host,
): Promise<number> {
  const [{ doctor }, { specProbes }] = await Promise.all([
    import("../doctor/doctor.ts"),
    import("../doctor/spec_probes.ts"),
  ]);
  const probes = specProbes(host);
  return doctor({ program: "spec", json, paths, probes }, host);
}

function tell(text: string, host: Host): number {
  print(text, host);
  return TOOL_EXIT_CODE.ok;
}

async function list(options: ListOptions, host: Host): Promise<number> {
  const { listCommand } = await import("./list_command.ts");
  return await listCommand(options, host);
}

async function merge(options: MergeOptions, host: Host): Promise<number> {
  const { mergeCommand } = await import("./merge_command.ts");
  return await mergeCommand(options, host);
}

async function capabilities(host: Host): Promise<number> {
  const [{ capabilitySet }, { BUILT_IN_TYPES }] = await Promise.all([
    import("../capabilities.ts"),
    import("../types/registry.ts"),
  ]);
  const names = [...capabilitySet(BUILT_IN_TYPES.values())].toSorted();
  return tell(names.map((name) => `${name}\n`).join(""), host);
}

async function report(
  task: SuiteTask,
  options: LintOptions,
  host: Host,
): Promise<number> {
  const { reportCommand } = await import("./report_command.ts");
  return await reportCommand(task, options, host);
}
