/**
 * What `help`, `about`, `info` and `version` print, as text and as JSON.
 *
 * @module
 */

import { printable } from "../text/printable.ts";
import { CORE_COMMANDS } from "./commands.ts";
import type { EnvEntry } from "./env_file.ts";
import { type ImageIdentity, REQUIRED_IDENTITY_KEYS } from "./identity.ts";
import type { PluginEntry } from "./plugins.ts";

/** A tool of the image and its version, from `TOOL_<NAME>_VERSION`. */
export interface ToolVersion {
  /** The tool's name in lower case. */
  readonly name: string;
  /** Its version as written. */
  readonly version: string;
}

/** Everything `info` tells. */
export interface RuntimeInfo {
  /** The image's identity. */
  readonly identity: ImageIdentity;
  /** Version of this program. */
  readonly runnerVersion: string;
  /** Version of the contract. */
  readonly contractVersion: string;
  /** Every key of `runtime.env`: the declared user, shell and work directory. */
  readonly declared: readonly EnvEntry[];
  /** The ids and the work directory the process really has. */
  readonly actual: {
    readonly uid: number;
    readonly gid: number;
    /** Nothing if it is gone or unreadable. */
    readonly workDirectory: string | undefined;
    /** `HOME` of the environment, if set. */
    readonly home: string | undefined;
  };
  /** Every name in the plugin directory. */
  readonly plugins: readonly PluginEntry[];
  /** The image's tools. */
  readonly tools: readonly ToolVersion[];
  /** The texts of the derived image, in the order of their file names. */
  readonly notes: readonly { readonly name: string; readonly text: string }[];
}

/** What `version` tells. */
export type VersionInfo = Pick<
  RuntimeInfo,
  "runnerVersion" | "contractVersion" | "tools"
>;

/** Version of the JSON shapes that `--json` prints. */
export const JSON_SHAPE_VERSION = 1;

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
 * Renders `about --json`.
 *
 * @param identity The image's identity.
 * @returns One JSON object on indented lines, keys always in the same order.
 *
 * @example Usage
 * ```ts
 * import { renderAboutJson } from "./render.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const json = renderAboutJson({
 *   image: "runner-jq",
 *   domain: "json",
 *   role: "query",
 *   entries: [{ key: "RUNNER_IMAGE", value: "runner-jq", line: 1 }],
 * });
 * assertEquals(JSON.parse(json).identity, {
 *   image: "runner-jq",
 *   domain: "json",
 *   role: "query",
 *   entries: { RUNNER_IMAGE: "runner-jq" },
 * });
 * ```
 */
export function renderAboutJson(identity: ImageIdentity): string {
  return json({ identity: identityJson(identity) });
}

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
 * Renders `version --json`.
 *
 * @param info The versions.
 * @returns One JSON object on indented lines, keys always in the same order.
 *
 * @example Usage
 * ```ts
 * import { renderVersionJson } from "./render.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const json = renderVersionJson({
 *   runnerVersion: "0.2.0",
 *   contractVersion: "0.2.0",
 *   tools: [{ name: "jq", version: "1.6" }],
 * });
 * assertEquals(JSON.parse(json).tools, { jq: "1.6" });
 * ```
 */
export function renderVersionJson(info: VersionInfo): string {
  return json({
    runner: info.runnerVersion,
    contract: info.contractVersion,
    tools: toolsJson(info.tools),
  });
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

/**
 * Renders `info --json`.
 *
 * @param info Everything there is to tell.
 * @returns One JSON object on indented lines, keys always in the same order.
 *
 * @example Usage
 * ```ts
 * import { renderInfoJson } from "./render.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const json = renderInfoJson({
 *   identity: { image: "base", domain: "base", role: "base", entries: [] },
 *   runnerVersion: "0.2.0",
 *   contractVersion: "0.2.0",
 *   declared: [],
 *   actual: { uid: 10001, gid: 10001, workDirectory: "/", home: undefined },
 *   plugins: [],
 *   tools: [],
 *   notes: [],
 * });
 * assertEquals(JSON.parse(json).actual.home, null);
 * ```
 */
export function renderInfoJson(info: RuntimeInfo): string {
  const { actual } = info;
  return json({
    identity: identityJson(info.identity),
    runner: info.runnerVersion,
    contract: info.contractVersion,
    declared: entriesJson(info.declared),
    actual: {
      uid: actual.uid,
      gid: actual.gid,
      work_directory: actual.workDirectory ?? null,
      home: actual.home ?? null,
    },
    plugins: info.plugins.map((entry) =>
      entry.kind === "runnable"
        ? { name: entry.name, runnable: true, reason: null }
        : { name: entry.name, runnable: false, reason: entry.reason }
    ),
    tools: toolsJson(info.tools),
    notes: info.notes.map(({ name, text }) => ({ name, text })),
  });
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

function json(shape: Record<string, unknown>): string {
  const text = JSON.stringify(
    { version: JSON_SHAPE_VERSION, ...shape },
    null,
    2,
  );
  return text.replace(UNSAFE_IN_JSON, escapeUnit) + "\n";
}

/**
 * What JSON lets stand in a string and a terminal obeys. Each is one UTF-16
 * code unit, so that its escape is JSON.
 */
const UNSAFE_IN_JSON =
  /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function identityJson(identity: ImageIdentity): Record<string, unknown> {
  const { image, domain, role, entries } = identity;
  return { image, domain, role, entries: entriesJson(entries) };
}

function entriesJson(entries: readonly EnvEntry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

function toolsJson(tools: readonly ToolVersion[]): Record<string, string> {
  return Object.fromEntries(tools.map(({ name, version }) => [name, version]));
}
