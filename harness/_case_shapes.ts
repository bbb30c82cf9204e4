/** What the keys look like that every case may have. */

import { UNPRINTABLE } from "../text/printable.ts";
import {
  ANYTHING,
  BOOLEAN,
  either,
  FILLED,
  list,
  mapping,
  NUL,
  oneOf,
  record,
  type Shape,
  type Shapes,
  text,
} from "./_shape.ts";
import type { Json } from "./json.ts";

/** How a case may end. */
export const STATUSES = ["pass", "skip", "fail"] as const;

/** Why it may fail; null if it does not. */
export const CATEGORIES = ["schema", "assertion", "runtime", null] as const;

/** What may be done about findings of assertion health. */
export const HEALTH_MODES = ["ignore", "warn", "error"] as const;

/** What may be done if a capability is missing. */
export const WHEN_MISSING = ["fail", "skip"] as const;

/** An id is one line in every report. */
export const USABLE_ID: Shape<string> = text({
  has: /\S/u,
  lacks: UNPRINTABLE,
});

/** A path that begins at the folder of the document. */
export const RELATIVE_PATH: Shape<string> = text({
  has: /^[^/]/u,
  lacks: NUL,
});

/** The path of a library file. */
export const LIBRARY_PATH: Shape<string> = text({
  has: /^(?!\/)[\s\S]*\S/u,
  lacks: NUL,
});

/** Words, none of them blank. */
export const WORDS: Shape<readonly string[]> = list(FILLED);

/** The keys of `expect.portable`, and of each of `expect.impl`. */
export const EXPECTED: Shapes = {
  "status": oneOf(STATUSES),
  "category": oneOf(CATEGORIES),
  "message_tokens": WORDS,
};

/** The keys of `expect`. */
export const EXPECT: Shapes = {
  "portable": record(EXPECTED, ["status"]),
  "impl": mapping(record(EXPECTED)),
};

/** The keys of `requires`. */
export const REQUIRES: Shapes = {
  "capabilities": WORDS,
  "when_missing": oneOf(WHEN_MISSING),
};

/** The keys of `assert_health`. */
export const ASSERT_HEALTH: Shapes = { "mode": oneOf(HEALTH_MODES) };

/** The keys of every case. What `assert` looks like is up to its type. */
export const COMMON: Shapes = {
  "id": USABLE_ID,
  "type": FILLED,
  "title": text(),
  "purpose": text(),
  "harness": mapping(ANYTHING),
  "assert": ANYTHING,
  "assert_health": record(ASSERT_HEALTH),
  "expect": record(EXPECT),
  "requires": record(REQUIRES),
  "tags": WORDS,
  "purpose_lint": either<Json>(BOOLEAN, mapping(ANYTHING)),
};
