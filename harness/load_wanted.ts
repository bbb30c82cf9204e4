/**
 * The cases that are wanted, which may rightly be none.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import { type LoadedSuite, loadSuite } from "./load_suite.ts";
import type { SelectionOptions } from "./suite.ts";
import { EmptySelectionError } from "./usage_error.ts";

/** What is wanted. */
export interface WantedSuite extends LoadedSuite {
  /** Why nothing is wanted, if that is right. */
  readonly empty?: string;
}

/**
 * Finds what is wanted, as {@linkcode loadSuite} does; nothing, if nothing has
 * changed or nothing had failed, and that was allowed.
 *
 * @param options Where to look, and what is wanted.
 * @param host The machine.
 * @returns What is wanted.
 * @throws {UsageError} If nothing is, and that is a mistake.
 *
 * @example Usage
 * ```ts
 * import { loadWanted } from "./load_wanted.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('{"id":"A-1","type":"text.file"}');
 * const documents = [{ path: "a.spec.json", format: "json" as const, bytes }];
 * const { cases, empty } = loadWanted({ documents }, new MemoryHost());
 * assertEquals([cases.length, empty], [1, undefined]);
 * ```
 */
export function loadWanted(
  options: SelectionOptions,
  host: Host,
): WantedSuite {
  try {
    return loadSuite(options, host);
  } catch (error) {
    if (!(error instanceof EmptySelectionError && options.allowEmpty)) {
      throw error;
    }
    const nothing = { cases: [], documents: [], contents: [], notes: [] };
    return { ...nothing, empty: `nothing to do: ${error.reason}` };
  }
}
