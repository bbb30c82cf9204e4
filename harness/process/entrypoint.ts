/**
 * What a case runs: a function of a module, or a command.
 *
 * @module
 */

import { toFileUrl } from "@std/path";
import type { Host } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";
import { besideDocument, resolveInside } from "../contract_root.ts";
import { neighbourOf } from "../_neighbour.ts";
import { shown } from "../_shown.ts";
import { isJsonList, type Json } from "../json.ts";
import { splitWords } from "./split_words.ts";

/** A function to call in this process. */
export interface ModuleEntrypoint {
  /** Tells it from a command. */
  readonly kind: "module";
  /** The module, as written. */
  readonly module: string;
  /** The function, as a path of names from the module's exports. */
  readonly attr: readonly string[];
}

/** A program to start, with its first arguments. */
export interface CommandEntrypoint {
  /** Tells it from a function. */
  readonly kind: "command";
  /** The program and its arguments; never empty. */
  readonly argv: readonly string[];
}

/** What a case runs. */
export type Entrypoint = ModuleEntrypoint | CommandEntrypoint;

/**
 * A function as it is written: a module, and names joined by dots behind the
 * last colon.
 */
export const MODULE_ENTRYPOINT: RegExp =
  /^(?<module>\S+):(?<attr>[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*)$/u;

/** Where module names are looked up. */
export interface ModulePlace {
  /** The specification that names the module. */
  readonly documentPath: string;
  /** Its contract root, absolute. */
  readonly contractRoot: string;
  /** The machine. */
  readonly host: Pick<Host, "cwd" | "realPath" | "stat" | "readDirectory">;
}

const SHAPE =
  'it must be "module:function", a command line or a list of strings';
const URL_REGEXP = /^[a-z][a-z0-9+.-]*:/i;
const DOTTED_REGEXP = /^[\p{ID_Continue}$-]+(\.[\p{ID_Continue}$-]+)*$/u;
const DOTTED_ENDINGS = [".ts", ".js", ".mjs", "/mod.ts"] as const;

/**
 * Reads an entrypoint.
 *
 * - A list of strings is a command as it stands.
 * - A word without white space of the form `module:attr`, split at the last
 *   colon, is a function; `attr` is an identifier or several joined by dots.
 * - Any other string is a command line, split by {@linkcode splitWords}.
 *
 * Source: spec format, section 4, "Entrypoint".
 *
 * @param value What the document says.
 * @returns The entrypoint; nothing is looked up yet.
 * @throws {SyntaxError} If it is neither; the message says what it is.
 *
 * @example Usage
 * ```ts
 * import { parseEntrypoint } from "./entrypoint.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseEntrypoint("./cli.ts:main"), {
 *   kind: "module",
 *   module: "./cli.ts",
 *   attr: ["main"],
 * });
 * assertEquals(parseEntrypoint("sh -c 'exit 3'"), {
 *   kind: "command",
 *   argv: ["sh", "-c", "exit 3"],
 * });
 * ```
 */
export function parseEntrypoint(value: Json): Entrypoint {
  if (typeof value === "string") {
    return parseModule(value) ?? command(splitWords(value));
  }
  if (!isJsonList(value)) throw wrongShape(value);
  return command(value.map((word, index) => {
    if (typeof word === "string") return word;
    throw wrongShape(word, ` at [${index}]`);
  }));
}

function wrongShape(found: Json, at = ""): SyntaxError {
  const remedy = /number|boolean/.test(typeof found) && "; write it in quotes";
  return new SyntaxError(`${SHAPE}, found ${shown(found)}${at}${remedy || ""}`);
}

function command(argv: readonly string[]): CommandEntrypoint {
  if (argv[0] === undefined || argv[0] === "") {
    throw new SyntaxError("it names no program");
  }
  if (argv.some((word) => word.includes("\0"))) {
    throw new SyntaxError("it holds a NUL character");
  }
  return { kind: "command", argv };
}

function parseModule(text: string): ModuleEntrypoint | undefined {
  const { module = "", attr } = MODULE_ENTRYPOINT.exec(text)?.groups ?? {};
  return attr === undefined
    ? undefined
    : { kind: "module", module, attr: attr.split(".") };
}

/**
 * Finds the module an entrypoint names.
 *
 * In this order: a URL (`jsr:`, `npm:`, `node:`, `file:`, …) as it is; a path
 * beside the document; a dotted name below the contract root, as `.ts`, `.js`,
 * `.mjs` or `/mod.ts`; anything else is left to the import map.
 *
 * Source: spec format, section 4, "Entrypoint".
 *
 * @param module The module, as written.
 * @param place Where to look.
 * @returns What to import.
 * @throws {CaseError} `runtime` if it is a path and there is no such file,
 * `schema` if a dotted name leads out of the contract root by a symbolic link.
 *
 * @example A dotted name serves several languages
 * ```ts
 * import { resolveModule } from "./entrypoint.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/repo/pkg/cli.ts": "" } });
 * const place = { documentPath: "/repo/a.md", contractRoot: "/repo", host };
 * assertEquals(resolveModule("pkg.cli", place), "file:///repo/pkg/cli.ts");
 * ```
 */
export function resolveModule(module: string, place: ModulePlace): string {
  if (URL_REGEXP.test(module)) return module;
  const path = besideDocument(module, place.documentPath, place.host);
  if (isFile(path, place)) return fileUrl(path);
  if (/^\.{0,2}\//.test(module)) {
    const where = `no such file beside ${quoted(place.documentPath)}`;
    const hint = neighbourOf(path, place.host);
    throw new CaseError(
      "runtime",
      `Cannot find module ${quoted(module)}: ${where}${
        hint ? `; ${hint}` : ""
      }`,
    );
  }
  const found = dottedPaths(module, place.contractRoot)
    .find((candidate) => isFile(candidate, place));
  if (found === undefined) return module;
  const real = resolveInside(found, place.contractRoot, place.host);
  if (real !== undefined) return fileUrl(real);
  throw new CaseError(
    "schema",
    `module ${quoted(module)} escapes contract root: ${
      quoted(found.slice(place.contractRoot.length + 1))
    } is a link that leads out; write a path or choose the root with --contract-root`,
  );
}

function dottedPaths(module: string, contractRoot: string): string[] {
  if (!DOTTED_REGEXP.test(module)) return [];
  const base = `${contractRoot}/${module.replaceAll(".", "/")}`;
  return DOTTED_ENDINGS.map((ending) => base + ending);
}

function isFile(path: string, { host }: ModulePlace): boolean {
  try {
    return host.stat(path).kind === "file";
  } catch {
    return false;
  }
}

function fileUrl(path: string): string {
  return toFileUrl(path).href;
}
