/** What the keys of a `cli.run` case look like. */

import { RELATIVE_PATH } from "../_case_shapes.ts";
import {
  ANYTHING,
  BOOLEAN,
  either,
  integer,
  list,
  mapping,
  NO_NUL,
  NUL,
  NULL,
  record,
  type Shape,
  shape,
  type Shapes,
  text,
} from "../_shape.ts";
import { isJsonList, type Json, type JsonObject } from "../json.ts";
import { MODULE_ENTRYPOINT } from "../process/entrypoint.ts";

/** An exit code. */
export const EXIT_CODE: Shape<number> = integer({ least: 0, most: 255 });

/** The name of a variable. */
export const ENV_NAME: Shape<string> = text({
  has: /^[^=]+$/u,
  lacks: NUL,
});

/** The value of a variable; null removes it. */
export const ENV_VALUE: Shape<string | null> = either<string | null>(
  NULL,
  NO_NUL,
);

/** A hook. */
export const HOOK: Shape<string> = text({ has: MODULE_ENTRYPOINT });

/** What a hook is called with in any case. */
export const TAKEN = ["case", "context", "harness", "result"] as const;

const COMMAND: Shape<readonly string[]> = shape({
  type: "array",
  minItems: 1,
  items: [{ ...NO_NUL.schema, minLength: 1 }],
  additionalItems: NO_NUL.schema,
}, (value) =>
  isJsonList(value) && value.length > 0 && value[0] !== "" &&
  value.every(NO_NUL.fits));

const SETUP_FILE = record({ "path": RELATIVE_PATH, "text": text() }, [
  "path",
  "text",
]);

const FREE_NAME: Shape<string> = shape(
  { not: { enum: TAKEN } },
  (name) => !TAKEN.some((taken) => taken === name),
);

/** The top-level keys. */
export const CLI_RUN: Shapes = {
  "argv": either<Json>(NO_NUL, list(NO_NUL)),
  "exit_code": EXIT_CODE,
};

/** The keys under `harness`, but for `spec_lang`. */
export const CLI_RUN_HARNESS: Shapes = {
  "entrypoint": either<Json>(
    HOOK,
    text({ has: /\S/u, lacks: NUL }),
    COMMAND,
  ),
  "env": either<Json>(NULL, mapping(ENV_VALUE, { names: ENV_NAME })),
  "stdin_text": either<Json>(NULL, text()),
  "stdin_isatty": either<Json>(NULL, BOOLEAN),
  "setup_files": either<Json>(NULL, SETUP_FILE, list(SETUP_FILE)),
  "hook_before": either<Json>(NULL, HOOK),
  "hook_after": either<Json>(NULL, HOOK),
  "hook_kwargs": either<Json>(NULL, mapping(ANYTHING, { names: FREE_NAME })),
};

const isThere = (key: string) => ({
  required: [key],
  properties: { [key]: { type: "string" } },
});

/** What else has to hold of `harness`: who has arguments for hooks has a hook. */
export const HOOKS_FOR_KWARGS: JsonObject = {
  if: {
    required: ["hook_kwargs"],
    properties: { "hook_kwargs": { type: "object", minProperties: 1 } },
  },
  then: { anyOf: [isThere("hook_before"), isThere("hook_after")] },
};
