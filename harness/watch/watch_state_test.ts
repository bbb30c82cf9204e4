import { assertEquals } from "@std/assert";
import type { CaseResult, Status } from "../case.ts";
import { headAt, passed } from "../verdict.ts";
import { FIRST_STATE, statusLine, step } from "./watch_state.ts";
import type { Wanted, WatchState } from "./watch_state.ts";

const ALL: Wanted = { kind: "all" };
const IDLE: WatchState = { ...FIRST_STATE, next: undefined };

function press(keys: string | readonly string[], state = IDLE): WatchState {
  return Array.from(keys).reduce(
    (now, key) => step(now, { kind: "key", key }),
    state,
  );
}

function result(path: string, line: number, status: Status): CaseResult {
  const head = headAt({ path, line, column: 1 });
  return { ...passed({ ...head, id: `${path}-${line}` }, 1), status };
}

/** What is known after a run of something. */
function ran(wanted: Wanted, results: CaseResult[], state = IDLE): WatchState {
  const started = step({ ...state, next: wanted }, { kind: "started" });
  assertEquals([started.running, started.next], [wanted, undefined]);
  return step(started, { kind: "ran", results });
}

const some = (...paths: string[]): Wanted => ({
  kind: "some",
  why: "changed",
  paths,
});
const statuses = ({ results }: WatchState) =>
  [...results.values()].map(({ id, status }) => `${id} ${status}`);

Deno.test("a watch begins with all cases", () => {
  assertEquals(FIRST_STATE.next, ALL);
});

Deno.test("keys of a watch: all, failed, filter, quit", () => {
  assertEquals(press("a").next, ALL);
  assertEquals(press("\r").next, ALL);
  assertEquals(press("f").next, undefined);
  for (const key of ["q", "\x03", "\x04"]) {
    assertEquals(press([key]).ended, true);
  }
  for (const key of ["x", "\x1b[A", " "]) assertEquals(press([key]), IDLE);
});

Deno.test("a filter is typed, corrected, left, taken back", () => {
  const typed = press("/A-x\x7f*");
  assertEquals([typed.typed, typed.next], ["A-*", undefined]);
  const entered = press("\r", typed);
  assertEquals([entered.filter, entered.next, entered.typed], [
    "A-*",
    ALL,
    undefined,
  ]);
  assertEquals(press("\x1b", typed), IDLE);
  assertEquals(press(["/", "q", "\x1b[A", "\x01"]).typed, "q");
  assertEquals(press("/\r", { ...IDLE, filter: "A-*" }).filter, undefined);
  assertEquals(press("/\x03").ended, true);
});

Deno.test("changes are collected until they are run, and all outweighs some", () => {
  const changed = (state: WatchState, ...documents: string[]) =>
    step(state, { kind: "changed", documents });
  assertEquals(changed(IDLE), IDLE);
  const two = changed(changed(IDLE, "a", "b"), "b", "c");
  assertEquals(two.next, some("a", "b", "c"));
  assertEquals(press("a", two).next, ALL);
  assertEquals(changed(press("a"), "a").next, ALL);
});

Deno.test("a watch knows what became of each case when it was last run", () => {
  const first = ran(ALL, [
    result("a", 1, "fail"),
    result("a", 5, "pass"),
    result("b", 1, "fail"),
  ]);
  assertEquals(statuses(first), ["a-1 fail", "a-5 pass", "b-1 fail"]);
  assertEquals(press("f", first).next, {
    kind: "some",
    why: "failed last",
    paths: ["a:1", "b:1"],
  });
  const document = ran(some("a"), [result("a", 2, "pass")], first);
  assertEquals(statuses(document), ["b-1 fail", "a-2 pass"]);
  const single = ran(some("a:5"), [result("a", 5, "fail")], first);
  assertEquals(statuses(single), ["a-1 fail", "a-5 fail", "b-1 fail"]);
  assertEquals(statuses(ran(ALL, [], first)), statuses(first));
  assertEquals(statuses(ran(ALL, [result("c", 1, "pass")], first)), [
    "c-1 pass",
  ]);
  const filtered = ran(ALL, [result("b", 1, "pass")], {
    ...first,
    filter: "b*",
  });
  assertEquals(statuses(filtered), ["a-1 fail", "a-5 pass", "b-1 pass"]);
});

Deno.test("statusLine() says what is going on", () => {
  assertEquals(statusLine({ ...IDLE, running: ALL }), "running; q quit");
  assertEquals(
    statusLine(press("/a\x7fb")),
    "filter (a glob over ids, empty for all): b",
  );
  assertEquals(
    statusLine(ran(ALL, [result("a", 1, "fail")])),
    "watching: a all, f failed (1), / filter, q quit",
  );
});
