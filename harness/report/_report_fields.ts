/** What the JSON report holds, key by key. */

import { readFailure } from "./_event_fields.ts";
import type { Fields } from "./_json_fields.ts";
import type { JsonResult } from "./json.ts";

/** Reads a report. It may gain keys at the top, a result never does. */
export function readReport(fields: Fields): readonly JsonResult[] {
  fields.whole("version", 1);
  fields.optional(
    "command",
    (key) => fields.oneOf(key, ["lint", "conformance"]),
  );
  fields.optional("run", (key) => readRun(fields.fields(key)));
  return fields.list("results", readResult);
}

function readRun(fields: Fields): void {
  fields.optional("seed", (key) => fields.whole(key));
  fields.optional("repeat", (key) => fields.whole(key, 1));
  fields.optional("shard", (key) => {
    const shard = fields.fields(key);
    shard.whole("index", 1);
    shard.whole("total", 1);
    shard.close();
  });
  fields.optional("empty", (key) => fields.text(key));
  fields.close();
}

function readResult(fields: Fields): JsonResult {
  const status = fields.oneOf("status", ["pass", "skip", "fail"]);
  const result = {
    id: fields.text("id"),
    status,
    ...readFailure(fields, status === "fail"),
  };
  fields.close();
  return result;
}
