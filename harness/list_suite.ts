/**
 * The cases of a suite, found and not run.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import { arrange } from "./arrange.ts";
import { onlyLibraries } from "./load_suite.ts";
import { loadWanted } from "./load_wanted.ts";
import type { SelectionOptions, SuiteListing } from "./suite.ts";
import { failed } from "./verdict.ts";

/**
 * Finds cases without looking further into them than for id and type.
 *
 * @param options Where to look.
 * @param host The machine.
 * @returns The cases, and what could not be read.
 * @throws {UsageError} If there is nothing to list.
 *
 * @example Usage
 * ```ts
 * import { listSuite } from "./list_suite.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('{"id":"A-1","type":"text.file"}');
 * const documents = [{ path: "a.spec.json", format: "json" as const, bytes }];
 * const { cases } = listSuite({ documents }, new MemoryHost());
 * assertEquals(cases[0]?.id, "A-1");
 * ```
 */
export function listSuite(options: SelectionOptions, host: Host): SuiteListing {
  const { cases: wanted, notes, empty } = loadWanted(options, host);
  const cases = wanted.filter((item) => !("library" in item));
  if (empty !== undefined) return { cases: [], problems: [], notes: [empty] };
  if (cases.length === 0) throw onlyLibraries(wanted);
  const { items } = arrange(cases, options);
  return {
    cases: items.flatMap((item) => {
      if ("error" in item) return [];
      const { id, type = "", title, tags, location } = item.head;
      const { path, line } = location;
      return [{ id, type, title, tags, path, line }];
    }),
    problems: items.flatMap((item) =>
      "error" in item ? [failed(item.head, item.error)] : []
    ),
    notes,
  };
}
