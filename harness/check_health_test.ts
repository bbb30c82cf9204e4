import { assertEquals, assertThrows } from "@std/assert";
import type { KeyPath } from "./case.ts";
import { CaseError } from "./case_error.ts";
import { checkHealth } from "./check_health.ts";
import type { HealthMode } from "./health_mode.ts";
import type { Json } from "./json.ts";

/** The warnings of a tree. */
function check(
  assert: Json | undefined,
  mode: HealthMode,
  folder = "",
): string[] {
  const lines: string[] = [];
  const locate = (path: KeyPath) => ({
    path: folder + path.join("/"),
    line: 7,
    column: 1,
  });
  const source = {
    kind: "case",
    value: {},
    location: locate([]),
    locate,
  } as const;
  const warn = (line: string) => void lines.push(line);
  checkHealth({ id: "A", assert, source }, {
    mode,
    assertsItself: false,
    warn,
  });
  return lines;
}

const TREE = [{
  target: "text",
  must: [{ contain: ["ok", ""] }, { regex: [".*"] }],
}];

Deno.test("checkHealth() ignores, warns or fails", () => {
  assertEquals(check(TREE, "ignore"), []);
  assertEquals(check(TREE, "warn"), [
    "WARN: ASSERT_HEALTH AH001 at assert[0].must[0].contain: assert/0/must/0/contain/1:7:1: case_id=A: every text contains the empty text; write what has to be in it",
    'WARN: ASSERT_HEALTH AH002 at assert[0].must[1].regex: assert/0/must/1/regex/0:7:1: case_id=A: ".*" always matches; write a pattern that can fail',
  ]);
  const error = assertThrows(() => check(TREE, "error"), CaseError);
  assertEquals(error.category, "assertion");
  assertEquals(error.location?.path, "assert/0/must/0/contain/1");
  assertEquals(error.message.split("\n"), [
    "case_id=A: assertion health check failed (2 issue(s)): AH001@assert[0].must[0].contain; AH002@assert[0].must[1].regex",
    "  AH001@assert[0].must[0].contain: every text contains the empty text; write what has to be in it",
    '  AH002@assert[0].must[1].regex: ".*" always matches; write a pattern that can fail',
  ]);
});

Deno.test("checkHealth() says nothing of a case that is well", () => {
  const tree = { target: "text", must: [{ contain: ["ok"] }] };
  for (const mode of ["ignore", "warn", "error"] as const) {
    assertEquals(check(tree, mode), []);
  }
});

Deno.test("checkHealth() warns of everything, but fails with a screen at most", () => {
  const tree = { target: "text", must: [{ contain: Array(40).fill("") }] };
  assertEquals(check(tree, "warn").length, 41);
  const { message } = assertThrows(() => check(tree, "error"), CaseError);
  assertEquals(message.includes("failed (41 issue(s)): AH001@"), true);
  assertEquals(message.includes("; and 26 more\n"), true);
  assertEquals(message.split("\n").length, 16);
});

Deno.test("checkHealth() keeps a warning to one line", () => {
  const tree = { target: "text", must: [{ contain: ["a\nb", "a\nb"] }] };
  const [line] = check(tree, "warn", "\x1b[31m\n/");
  assertEquals(line?.includes(": \\x1b[31m\\n/assert/must/0/"), true, line);
  assertEquals(line?.includes("\n"), false, line);
});
