/**
 * The function an entrypoint names, and what it may return.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { nearest } from "../../text/nearest.ts";
import { printable, quoted } from "../../text/printable.ts";
import { CaseError } from "../case_error.ts";

/** A function, as found in a module. */
export type Callable = (...args: readonly unknown[]) => unknown;

/** Which function to call. */
export interface FunctionName {
  /** What to import. */
  readonly specifier: string;
  /** The function, as a path of names from the module's exports. */
  readonly attr: readonly string[];
}

const MAX_STACK_LINES = 12;
const OWN_FRAME_REGEXP =
  /^\s+at .*\/harness\/process\/(_function|_left_behind|_loan|_owner|_session|_stand_ins)\.ts:/;
const RUNTIME_FRAME_REGEXP = /^\s+at .*\bext:/;

/**
 * Imports a module and finds a function in it.
 *
 * @param name Which function.
 * @param host The machine.
 * @returns The function, bound to the object it was found on.
 * @throws {CaseError} `runtime` if the module cannot be imported or has no
 * such function.
 */
export async function loadFunction(
  name: FunctionName,
  host: Pick<Host, "importModule">,
): Promise<Callable> {
  let found: unknown = await importModule(name.specifier, host);
  let owner: unknown;
  for (const [index, key] of name.attr.entries()) {
    const property = findProperty(found, key);
    if (property === undefined) throw noSuchName(name, index, found);
    [owner, found] = [found, property.value];
  }
  if (typeof found !== "function") {
    throw new CaseError(
      "runtime",
      `Cannot call ${titled(name)}: it is ${describe(found)}, not a function`,
    );
  }
  return found.bind(name.attr.length > 1 ? owner : undefined);
}

/**
 * Reads what a function returned as an exit code.
 *
 * @param value What it returned or resolved to.
 * @param fallback The exit code for nothing.
 * @returns An exit code, or nothing if the value is none.
 */
export function exitCodeOf(
  value: unknown,
  fallback: number,
): number | undefined {
  if (value === undefined || value === null) return fallback;
  const isCode = typeof value === "number" && Number.isInteger(value) &&
    value >= 0 && value <= 255;
  return isCode ? value : undefined;
}

/**
 * Says what was thrown, with as much of its stack as helps.
 *
 * @param error What was thrown.
 * @returns One line or more, without control characters.
 */
export function showThrown(error: unknown): string {
  if (!(error instanceof Error)) return describe(error);
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  const lines = stack.split("\n");
  // Behind the first frame of the harness there is nothing but the harness.
  const own = lines.findIndex((line) => OWN_FRAME_REGEXP.test(line));
  return lines.slice(0, own < 0 ? undefined : own)
    .filter((line) => !RUNTIME_FRAME_REGEXP.test(line))
    .slice(0, MAX_STACK_LINES).map(printable).join("\n");
}

/**
 * Describes a value for a message.
 *
 * @param value Anything.
 * @returns Its kind, and its text where that is short.
 */
export function describe(value: unknown): string {
  if (typeof value === "string") return `the string ${quoted(value)}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}

const NO_SUCH_MODULE =
  'there is no such file beside the document, no such module below the contract root, and no such name in the import map; a file is written "./name.ts"';

async function importModule(
  specifier: string,
  host: Pick<Host, "importModule">,
): Promise<Record<string, unknown>> {
  try {
    return await host.importModule(specifier);
  } catch (error) {
    if (error instanceof CaseError) throw error;
    const isUnknown = error instanceof TypeError &&
      error.message.startsWith(`Import "${specifier}" not a dependency`);
    throw new CaseError(
      "runtime",
      `Cannot import ${quoted(specifier)}: ${
        isUnknown ? NO_SUCH_MODULE : showThrown(error)
      }`,
      { cause: error },
    );
  }
}

const ENDS: ReadonlySet<unknown> = new Set([
  Object.prototype,
  Function.prototype,
  null,
]);

/** A property of a value or of its class, but none that every value has. */
function findProperty(
  value: unknown,
  key: string,
): { readonly value: unknown } | undefined {
  let at: unknown = value;
  while (
    (typeof at === "object" || typeof at === "function") && !ENDS.has(at)
  ) {
    if (at !== null && Object.hasOwn(at, key)) {
      return { value: Reflect.get(at, key, value) };
    }
    at = Object.getPrototypeOf(at);
  }
  return undefined;
}

function noSuchName(
  name: FunctionName,
  index: number,
  inside: unknown,
): CaseError {
  const key = name.attr[index] ?? "";
  const names = Object.keys(Object(inside)).sort();
  const close = nearest(key, names);
  const where = index === 0
    ? `the module has no export ${quoted(key)}`
    : `${quoted(name.attr.slice(0, index).join("."))} has no ${quoted(key)}`;
  const hint = close === undefined
    ? `there is ${names.map(quoted).join(", ") || "nothing"}`
    : `did you mean ${quoted(close)}?`;
  return new CaseError(
    "runtime",
    `Cannot call ${titled(name)}: ${where}; ${hint}`,
  );
}

function titled({ specifier, attr }: FunctionName): string {
  return quoted(`${specifier}:${attr.join(".")}`);
}
