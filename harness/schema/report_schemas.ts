/**
 * What reports look like, as JSON Schema for those who read them.
 *
 * @module
 */

import type { JsonObject } from "../json.ts";
import {
  EVENTS,
  readEnd,
  readPlan,
  readReason,
  readResult,
} from "../report/_event_fields.ts";
import type { Fields } from "../report/_json_fields.ts";
import { readReport } from "../report/_report_fields.ts";
import { NDJSON_VERSION } from "../report/ndjson.ts";
import { described } from "./_descriptions.ts";
import { published, ref, where } from "./_refs.ts";
import { REPORT_TEXTS } from "./_report_texts.ts";
import { schemaOf } from "./_schema_fields.ts";

/**
 * Says what a report of format `json` looks like. It may gain keys at the top.
 *
 * @returns A JSON Schema, draft 7.
 *
 * @example Usage
 * ```ts
 * import { reportSchema } from "./report_schemas.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(reportSchema()["$id"], "urn:runner:schema:report:1");
 * ```
 */
export function reportSchema(): JsonObject {
  return published(
    { name: "report", version: 1, title: "A report of format json" },
    described(schemaOf(readReport, { version: 1 }), REPORT_TEXTS),
  );
}

const START = { version: NDJSON_VERSION };

/**
 * Says what a line of a report of format `ndjson` looks like.
 *
 * @returns A JSON Schema, draft 7.
 *
 * @example Usage
 * ```ts
 * import { eventsSchema } from "./report_schemas.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(eventsSchema()["$id"], "urn:runner:schema:events:1");
 * ```
 */
export function eventsSchema(): JsonObject {
  const facts = { task: "run", program: "spec", version: "" } as const;
  return published({
    name: "events",
    version: NDJSON_VERSION,
    title: "A line of a report of format ndjson",
  }, {
    type: "object",
    required: ["event"],
    properties: {
      event: { description: "What happened.", enum: [...EVENTS] },
    },
    allOf: EVENTS.map((event) => ({
      if: where("event", [event]),
      then: ref(event),
    })),
    definitions: {
      start: eventOf("start", readPlan, START),
      case: {
        anyOf: ["pass", "skip", "fail"].map((status) =>
          eventOf("case", readResult, { status })
        ),
      },
      end: eventOf("end", (fields) => readEnd(fields, facts)),
      abort: eventOf("abort", readReason),
    },
  });
}

function eventOf(
  event: typeof EVENTS[number],
  read: (fields: Fields) => unknown,
  told: Readonly<Record<string, string | number>> = {},
): JsonObject {
  const schema = schemaOf((fields) => {
    fields.oneOf("event", EVENTS);
    read(fields);
  }, { event, ...told });
  return described(schema, REPORT_TEXTS);
}
