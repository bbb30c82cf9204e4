/**
 * The error of a report file: by itself, since whoever explains errors needs no
 * report for it.
 *
 * @module
 */

/**
 * A report file that could not be written.
 *
 * @example Usage
 * ```ts
 * import { ReportFileError } from "./report_file_error.ts";
 * import { FileSink } from "./sinks.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/out/old.txt": "" } });
 * assertThrows(() => new FileSink("/out", host), ReportFileError, "directory");
 * ```
 */
export class ReportFileError extends Error {
  /** Its name, for those who print errors. */
  override readonly name = "ReportFileError";
}
