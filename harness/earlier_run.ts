/**
 * What reports of earlier runs tell the next one.
 *
 * @module
 */

import { quoted } from "../text/printable.ts";
import { type FileHost, readRegularFile } from "./_read_file.ts";
import { decodeUtf8 } from "./_utf8.ts";
import { isJsonList, isJsonObject, type Json } from "./json.ts";
import { readNdjson, ReportSyntaxError } from "./report/read_ndjson.ts";
import type { FailedCases } from "./selection.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Reads which cases failed.
 *
 * @param path A `json` or `ndjson` report of a run that came to its end.
 * @param host The machine.
 * @returns Their ids, maybe none.
 * @throws {UsageError} If there is no such report.
 *
 * @example Usage
 * ```ts
 * import { readFailedCases } from "./earlier_run.ts";
 * import { jsonReport } from "./report/json.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const report = jsonReport([
 *   { id: "A-1", status: "pass", category: null, message: null },
 *   { id: "A-2", status: "fail", category: "assertion", message: "no" },
 * ]);
 * const host = new MemoryHost({ files: { "/r.json": report } });
 * assertEquals([...readFailedCases("/r.json", host).ids], ["A-2"]);
 * ```
 */
export function readFailedCases(path: string, host: FileHost): FailedCases {
  const report = new EarlierReport("last-failed", path, host);
  const results = report.isEvents() ? report.events() : report.results();
  const failed = results.filter(({ status }) => status === "fail");
  return { source: path, ids: new Set(failed.map(({ id }) => id)) };
}

/**
 * Reads how long cases took.
 *
 * @param paths `ndjson` reports; of a case that is in several, the last counts.
 * @param host The machine.
 * @returns Milliseconds by id, of the cases that were run.
 * @throws {UsageError} If one of them is no such report.
 *
 * @example Usage
 * ```ts
 * import { readDurations } from "./earlier_run.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/r.json": "{}" } });
 * assertThrows(() => readDurations(["/r.json"], host), Error, "--timings");
 * ```
 */
export function readDurations(
  paths: readonly string[],
  host: FileHost,
): ReadonlyMap<string, number> {
  const results = paths.flatMap((path) =>
    new EarlierReport("timings", path, host).events()
  );
  // What was skipped took no time, and may take some now.
  const ran = results.filter(({ status }) => status !== "skip");
  return new Map(ran.map(({ id, durationMs }) => [id, durationMs]));
}

interface EarlierResult {
  readonly id: string;
  readonly status: string;
}

class EarlierReport {
  readonly #flag: string;
  readonly #path: string;
  readonly #text: string;

  constructor(flag: string, path: string, host: FileHost) {
    this.#flag = flag;
    this.#path = path;
    const file = readRegularFile(path, host);
    if (!file.ok) {
      throw this.#wrong(file.reason);
    }
    const decoded = decodeUtf8(file.bytes);
    if (!decoded.ok) throw this.#wrong(decoded.message);
    this.#text = decoded.text;
  }

  isEvents(): boolean {
    return this.#text.startsWith('{"event":');
  }

  events() {
    try {
      return readNdjson(this.#text, this.#path).results;
    } catch (error) {
      if (!(error instanceof ReportSyntaxError)) throw error;
      throw this.#wrong(`line ${error.line}: ${error.reason}`);
    }
  }

  results(): readonly EarlierResult[] {
    const report = this.#parsed();
    const results = isJsonObject(report) ? report["results"] : undefined;
    if (isJsonList(results)) return results.map((one) => this.#result(one));
    throw this.#wrong('there is no list "results" in it');
  }

  #parsed(): Json {
    try {
      return JSON.parse(this.#text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw this.#wrong("it is no JSON");
    }
  }

  #result(one: Json): EarlierResult {
    const { id, status } = isJsonObject(one) ? one : {};
    if (typeof id === "string" && typeof status === "string") {
      return { id, status };
    }
    throw this.#wrong('a result in it has no "id" and "status"');
  }

  #wrong(reason: string): UsageError {
    const remedy =
      "Name the report of an earlier run: --report ndjson=FILE writes one";
    return new UsageError(
      `Cannot use ${quoted(this.#path)} for --${this.#flag}: ${reason}`,
      { remedy },
    );
  }
}
