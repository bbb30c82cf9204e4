/**
 * Says where a fault of a library is and how loading came there.
 *
 * @module
 */

import { isAbsolute, relative } from "@std/path";
import type { Host } from "../../host/host.ts";
import { printable, quoted } from "../../text/printable.ts";
import type { Location } from "../case_error.ts";
import type { LibraryFault } from "./fault.ts";
import type { LoadError } from "./load_order.ts";

/** Who names a library, and how. */
export interface Naming {
  /** The path of the library as written. */
  readonly written: string;
  /** The document it stands in, as the caller named it. */
  readonly document: string;
}

/**
 * Explains why a library cannot be loaded.
 *
 * Files are named the way the document is: from the working directory, or
 * absolute if it was given so.
 *
 * @param error What went wrong.
 * @param naming Who wanted the library.
 * @param host The part of the machine that tells the working directory.
 * @returns The place, the fault, and the files that lead there.
 *
 * @example Usage
 * ```ts
 * import { explainLoad } from "./explain.ts";
 * import { LoadError } from "./load_order.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const at = { path: "/repo/b.yaml", line: 3, column: 5 };
 * const error = new LoadError(
 *   { category: "schema", text: '"functions" must not be empty', at },
 *   { start: 0, trail: ["/repo/a.yaml", "/repo/b.yaml"] },
 * );
 * const naming = { written: "a.yaml", document: "a.spec.md" };
 * assertEquals(
 *   explainLoad(error, naming, { cwd: () => "/repo" }),
 *   'cannot load library "a.yaml": b.yaml:3:5: "functions" must not be empty' +
 *     " (a.spec.md -> a.yaml -> b.yaml)",
 * );
 * ```
 */
export function explainLoad(
  error: LoadError,
  { written, document }: Naming,
  host: Pick<Host, "cwd">,
): string {
  const { fault, trail } = error;
  const { at } = fault;
  const place = at === undefined ? "" : `${placeOf(at, document, host)}: `;
  const way = [document, ...trail.map((path) => named(path, document, host))];
  const chain = trail.length === 0
    ? ""
    : ` (${way.map(printable).join(" -> ")})`;
  const text = explainFault(fault, document, host);
  return `cannot load library ${quoted(written)}: ${place}${text}${chain}`;
}

/**
 * Says what is wrong with a library, without its place.
 *
 * @param fault What is wrong.
 * @param document The document that other files are named like.
 * @param host The part of the machine that tells the working directory.
 * @returns What is wrong.
 */
export function explainFault(
  { text, first }: LibraryFault,
  document: string,
  host: Pick<Host, "cwd">,
): string {
  if (first === undefined) return text;
  return `${text}, first at ${placeOf(first, document, host)}`;
}

function placeOf(
  { path, line, column }: Location,
  document: string,
  host: Pick<Host, "cwd">,
): string {
  return `${printable(named(path, document, host))}:${line}:${column}`;
}

function named(
  path: string,
  document: string,
  host: Pick<Host, "cwd">,
): string {
  return isAbsolute(document) ? path : relative(host.cwd(), path);
}
