/**
 * What `help`, `about`, `info` and `version` print for people.
 *
 * @module
 */

import { printable } from "../text/printable.ts";
import { CORE_COMMANDS } from "./commands.ts";
import { type ImageIdentity, REQUIRED_IDENTITY_KEYS } from "./identity.ts";
import type { PluginEntry } from "./plugins.ts";
import type { RuntimeInfo, ToolVersion, VersionInfo } from "./runtime_info.ts";

const LABEL_WIDTH = 12;

/**
 * Renders `help`.
 *
 * @param plugins Every name in the plugin directory.
 * @returns Usage, core commands and the image's runnable plugins.
 *
 * @example Usage
 * ```ts
 * import { renderHelp } from "./render.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(renderHelp([]), "Usage: runner COMMAND [ARGUMENT...]");
 * ```
 */
export function renderHelp(plugins: readonly PluginEntry[]): string {
  const commands = [...CORE_COMMANDS.values()];
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  return page(
    section("Usage: runner COMMAND [ARGUMENT...]", []),
    section(
      "Core commands:",
      commands.map(({ usage, summary }) =>
        `${usage.padEnd(width)}  ${summary}`
      ),
    ),
    section("Plugins:", orNone(runnableNames(plugins))),
  );
}

/**
 * Renders `about`.
 *
 * @param identity The image's identity.
 * @returns Name, domain and role, then every further key of the file.
 *
 * @example Usage
 * ```ts
 * import { renderAbout } from "./render.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const text = renderAbout({
 *   image: "runner-jq",
 *   domain: "json",
 *   role: "query",
 *   entries: [],
 * });
 * assertStringIncludes(text, "Image identity:\n  Name:       runner-jq\n");
 * ```
 */
export function renderAbout(identity: ImageIdentity): string {
  const further = identity.entries.filter(({ key }) => !SHOWN_BY_NAME.has(key));
  return section("Image identity:", [
    labelled("Name", identity.image),
    labelled("Domain", identity.domain),
    labelled("Role", identity.role),
    ...further.map(({ key, value }) => `${key}=${printable(value)}`),
  ]);
}

const SHOWN_BY_NAME: ReadonlySet<string> = new Set(REQUIRED_IDENTITY_KEYS);

/**
 * Renders `version`.
 *
 * @param info The versions.
 * @returns Runner and contract, then one `name version` line for each tool.
 *
 * @example Usage
 * ```ts
 * import { renderVersion } from "./render.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   renderVersion({
 *     runnerVersion: "0.2.0",
 *     contractVersion: "0.2.0",
 *     tools: [{ name: "jq", version: "1.6" }],
 *   }),
 *   "runner 0.2.0\ncontract 0.2.0\n\nTool versions:\n  jq 1.6\n",
 * );
 * ```
 */
export function renderVersion(info: VersionInfo): string {
  return page(
    `runner ${info.runnerVersion}\ncontract ${info.contractVersion}\n`,
    section("Tool versions:", orNone(toolLines(info.tools))),
  );
}

/**
 * Renders `info`.
 *
 * @param info Everything there is to tell.
 * @returns Identity, declared and actual runtime, plugins, tools, and the
 * derived image's own texts.
 *
 * @example Usage
 * ```ts
 * import { renderInfo } from "./render.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const text = renderInfo({
 *   identity: { image: "base", domain: "base", role: "base", entries: [] },
 *   runnerVersion: "0.2.0",
 *   contractVersion: "0.2.0",
 *   declared: [{ key: "RUNTIME_SHELL", value: "/bin/bash", line: 1 }],
 *   actual: { uid: 10001, gid: 10001, workDirectory: "/", home: undefined },
 *   plugins: [],
 *   tools: [],
 *   notes: [],
 * });
 * assertStringIncludes(text, "Runtime state:\n  User id:    10001\n");
 * ```
 */
export function renderInfo(info: RuntimeInfo): string {
  const { actual } = info;
  return page(
    renderAbout(info.identity),
    section("Runtime contract:", [
      labelled("Runner", info.runnerVersion),
      labelled("Contract", info.contractVersion),
      ...info.declared.map(({ key, value }) => `${key}=${printable(value)}`),
    ]),
    section("Runtime state:", [
      labelled("User id", String(actual.uid)),
      labelled("Group id", String(actual.gid)),
      labelled("Work dir", actual.workDirectory ?? "(unreadable)"),
      labelled("Home", actual.home ?? "(not set)"),
    ]),
    section("Plugins:", orNone(info.plugins.map(pluginLine))),
    section("Tools:", orNone(toolLines(info.tools))),
    ...info.notes.map(({ text }) => noteText(text)),
  );
}

function section(title: string, lines: readonly string[]): string {
  const body = lines.map((line) => `  ${line}\n`).join("");
  return `${title}\n${body}`;
}

function page(...sections: readonly string[]): string {
  return sections.join("\n");
}

function labelled(label: string, value: string): string {
  return `${label}:`.padEnd(LABEL_WIDTH) + printable(value);
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? lines : ["(none)"];
}

function runnableNames(plugins: readonly PluginEntry[]): string[] {
  return plugins.filter(({ kind }) => kind === "runnable")
    .map(({ name }) => name);
}

function pluginLine(entry: PluginEntry): string {
  const name = printable(entry.name);
  return entry.kind === "runnable"
    ? name
    : `${name} (refused: it ${entry.reason})`;
}

function toolLines(tools: readonly ToolVersion[]): string[] {
  return tools.map(({ name, version }) => `${name} ${printable(version)}`);
}

/** A tab is text, unlike what else steers a terminal. */
function noteText(text: string): string {
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => line.split("\t").map(printable).join("\t") + "\n")
    .join("");
}
