/**
 * A configuration: flags that stand in a file. Loaded only if there is one.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import { readJson } from "../_json.ts";
import { withoutComments } from "../_jsonc.ts";
import { Places } from "../_places.ts";
import { shown } from "../_shown.ts";
import { TextFault } from "../_text_fault.ts";
import { decodeUtf8 } from "../_utf8.ts";
import { isJsonObject, type Json } from "../json.ts";
import { UsageError } from "../usage_error.ts";
import { configText } from "./_config_values.ts";
import { CONFIG_KEY, type ConfigFile } from "./config_files.ts";
import type { FlagRow } from "./flag_row.ts";
import { FLAGS } from "./flag_table.ts";
import type { Flags } from "./flags.ts";

/** The programs that a configuration speaks to. */
export type ConfiguredProgram = "spec" | "image";

/** What a configuration says to one program. */
export interface Config extends Flags {
  /** The file. */
  readonly path: string;
}

const PROGRAMS = ["spec", "image"] as const;

/** The words that are no flags. */
const PATHS: FlagRow = {
  name: "paths",
  section: "Which cases",
  help: "files, and directories to look for files in",
  commands: ["spec run"],
  kind: "value",
  metavar: "PATH",
  names: "file",
  repeatable: true,
};

/**
 * The keys a configuration may have for a program: the long names of its flags,
 * and `paths`.
 *
 * @param program The program.
 * @returns What is known of each, as of a flag.
 *
 * @example Usage
 * ```ts
 * import { configKeys } from "./config.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const names = configKeys("spec").map(({ name }) => name);
 * assertEquals(names.includes("paths") && names.includes("jobs"), true);
 * assertEquals(names.includes("help"), false);
 * ```
 */
export function configKeys(program: ConfiguredProgram): readonly FlagRow[] {
  const flags = FLAGS.filter(({ config, commands }) =>
    config !== false &&
    commands.some((command) => command.startsWith(`${program} `))
  );
  return program === "spec" ? [PATHS, ...flags] : flags;
}

/**
 * Reads the configuration that counts: the nearest one.
 *
 * All of it is checked, whichever program asks.
 *
 * @param levels Files by directory, the nearest first.
 * @param program Who asks.
 * @param isNamed Whether the file was named, and so has to hold one.
 * @returns What it says to the program; nothing if there is none.
 * @throws {UsageError} If it cannot be understood, or a directory holds two.
 *
 * @example Usage
 * ```ts
 * import { readConfig } from "./config.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('{ "spec": { "jobs": 4 } }');
 * const file = { path: "../runner.json", folder: "..", isDeno: false, bytes };
 * assertEquals(readConfig([[file]], "spec")?.values.get("jobs"), ["4"]);
 * ```
 */
export function readConfig(
  levels: readonly (readonly ConfigFile[])[],
  program: ConfiguredProgram,
  isNamed = false,
): Config | undefined {
  for (const files of levels) {
    const [first, second] = files.map((file) => new ConfigText(file))
      .filter((text) => text.holdsOne(isNamed));
    if (first === undefined) continue;
    if (second === undefined) return first.read()[program];
    throw new UsageError(
      `Cannot choose between ${quoted(first.file.path)} and ${
        quoted(second.file.path)
      }: both hold a configuration`,
      { remedy: "Move one into the other, or say --config FILE" },
    );
  }
  return undefined;
}

type KeyPath = readonly (string | number)[];

/** A file, parsed, that knows where things stand. */
class ConfigText {
  readonly file: ConfigFile;
  readonly #places: Places;
  readonly #find: (path: KeyPath) => { key: number; value: number };
  readonly #value: Json;

  constructor(file: ConfigFile) {
    this.file = file;
    const decoded = decodeUtf8(file.bytes);
    const text = decoded.ok ? decoded.text : decoded.before;
    this.#places = new Places({
      path: file.path,
      bodyLine: 1,
      indent: 0,
      text,
    });
    if (!decoded.ok) throw this.#fault(text.length, "invalid JSON: no UTF-8");
    const { value, outline } = this.#parse(withoutComments(text));
    // What a parser of JSON made is JSON.
    this.#value = value as Json;
    this.#find = (path) => {
      const place = outline()?.find(path, this.#value);
      const at = place?.at ?? 0;
      return { key: at, value: place?.child?.node.at ?? at };
    };
  }

  /** Whether a configuration stands in it. */
  holdsOne(isNamed: boolean): boolean {
    if (!this.file.isDeno) return true;
    const value = this.#value;
    if (isJsonObject(value) && Object.hasOwn(value, CONFIG_KEY)) return true;
    if (!isNamed) return false;
    throw this.#fault(
      0,
      `there is no key "${CONFIG_KEY}"`,
      "Write it, or name another file",
    );
  }

  /** Reads what it says to each program. */
  read(): Record<ConfiguredProgram, Config> {
    const root = this.file.isDeno ? [CONFIG_KEY] : [];
    const config = this.#object(root);
    const known = this.file.isDeno ? PROGRAMS : [...PROGRAMS, "$schema"];
    this.#refuseUnknown(root, Object.keys(config), known);
    const section = (program: ConfiguredProgram) =>
      Object.hasOwn(config, program)
        ? this.#section([...root, program], configKeys(program))
        : { path: this.file.path, ...nothing() };
    return { spec: section("spec"), image: section("image") };
  }

  #section(path: KeyPath, rows: readonly FlagRow[]): Config {
    const section = this.#object(path);
    const known = rows.map(({ name }) => name);
    this.#refuseUnknown(path, Object.keys(section), known);
    const { values, switches } = nothing();
    for (const row of rows) {
      if (!Object.hasOwn(section, row.name)) continue;
      const given = this.#given(row, [...path, row.name], section[row.name]);
      if (given === undefined) continue;
      if (row.kind === "switch") switches.add(row.name);
      else values.set(row.name, given);
    }
    const paths = values.get("paths") ?? [];
    values.delete("paths");
    return { path: this.file.path, values, switches, paths };
  }

  #given(row: FlagRow, path: KeyPath, value: Json | undefined) {
    try {
      // Read as written, so that what is wrong is named as written.
      const written = configText(row, value ?? null, "");
      if (written === undefined) return undefined;
      if (row.option !== undefined) row.read(written);
      return configText(row, value ?? null, this.file.folder);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const { message, remedy } = error;
      throw this.#fault(this.#find(path).value, message, remedy);
    }
  }

  #object(path: KeyPath): Readonly<Record<string, Json>> {
    let value: Json | undefined = this.#value;
    for (const key of path) {
      value = isJsonObject(value) ? value[key] : undefined;
    }
    if (isJsonObject(value)) return value;
    const what = path.length === 0
      ? "a configuration"
      : quoted(String(path.at(-1)));
    throw this.#fault(
      this.#find(path).value,
      `${what} must be an object; ${shown(value)} was given`,
    );
  }

  #refuseUnknown(
    path: KeyPath,
    keys: readonly string[],
    known: readonly string[],
  ): void {
    const key = keys.find((key) => !known.includes(key));
    if (key === undefined) return;
    const guess = nearest(key, known);
    throw this.#fault(
      this.#find([...path, key]).key,
      `unknown key ${quoted(key)}`,
      guess === undefined
        ? `Keys are ${known.join(", ")}`
        : `Did you mean "${guess}"?`,
    );
  }

  #parse(text: string) {
    try {
      return readJson(text);
    } catch (error) {
      if (!(error instanceof TextFault)) throw error;
      throw this.#fault(error.offset, error.message);
    }
  }

  #fault(offset: number, message: string, remedy?: string): UsageError {
    const { path, line, column } = this.#places.at(offset);
    return new UsageError(`${path}:${line}:${column}: ${message}`, { remedy });
  }
}

function nothing() {
  return {
    values: new Map<string, readonly string[]>(),
    switches: new Set<string>(),
    paths: [] as readonly string[],
  };
}
