import { assertEquals } from "@std/assert";
import { MAX_ITEMS, MAX_PROBLEMS, MAX_READ } from "./_listed_items.ts";
import { parseDocument } from "./parse.ts";

const FENCE = "```yaml spec_test\n```\n";
const FAULT =
  '"spec_test" does not mark a case block: did you mean "spec-test"?';
const GOOD = "```yaml spec-test\nid: A\n```\n";

/** What is in a document: ids, and messages with their lines. */
function found(text: string, format: "md" | "yaml" = "md"): unknown[] {
  const bytes = new TextEncoder().encode(text);
  return parseDocument({ path: "p", format }, bytes).map((item) =>
    item.kind === "case"
      ? item.value["id"]
      : `${item.location.line}: ${item.message}`
  );
}

const left = (count: number, what = FAULT) =>
  `${MAX_PROBLEMS} problems of this document are listed, ${count} are not; the first of those: ${what}`;

Deno.test("problems of a document are listed up to a number, then counted [SF-OUT-10]", () => {
  for (const count of [MAX_PROBLEMS, MAX_PROBLEMS + 1]) {
    const all = found(FENCE.repeat(count));
    assertEquals(all.length, count);
    assertEquals(all.at(-1), `${2 * count - 1}: ${FAULT}`);
  }
  for (const more of [2, 7000]) {
    const some = found(FENCE.repeat(MAX_PROBLEMS + more));
    assertEquals(some.length, MAX_PROBLEMS + 1);
    assertEquals(some.at(-2), `${2 * MAX_PROBLEMS - 1}: ${FAULT}`);
    assertEquals(some.at(-1), `${2 * MAX_PROBLEMS + 1}: ${left(more)}`);
  }
});

Deno.test("a case behind very many problems is found [SF-OUT-10]", () => {
  const all = found(FENCE.repeat(MAX_READ - 1) + GOOD);
  assertEquals(all.length, MAX_PROBLEMS + 2);
  assertEquals(all.at(-1), "A");
  const message = left(MAX_READ - 1 - MAX_PROBLEMS);
  assertEquals(all.at(-2), `${2 * MAX_PROBLEMS + 1}: ${message}`);
});

Deno.test("cases without an id of their own are problems like others [not SF-OUT-10]", () => {
  const bodies = { "- {}\n": undefined, "- {id: A}\n": "A", "- {id: 7}\n": 7 };
  for (const [body, id] of Object.entries(bodies)) {
    // The first of those with an id is none of them.
    const listed = MAX_PROBLEMS + (id === "A" ? 1 : 0);
    const all = found(body.repeat(listed + 3), "yaml");
    const message = left(3, "the case has no id of its own");
    assertEquals(all.slice(0, -1), Array(listed).fill(id));
    assertEquals(all.at(-1), `${listed + 1}: ${message}`);
  }
});

Deno.test("blocks behind thousands of problems are not read [not SF-OUT-10]", () => {
  const all = found("```yaml spec-test\n```\n".repeat(MAX_READ) + GOOD + GOOD);
  assertEquals(all.length, MAX_PROBLEMS + 1);
  const [, message = ""] = String(all.at(-1)).split("; the first of those: ");
  assertEquals(message, "case block is empty");
  assertEquals(
    String(all.at(-1)).includes(
      `${
        MAX_READ + 2 - MAX_PROBLEMS
      } are not, 2 of them blocks that were not read any more;`,
    ),
    true,
  );
});

Deno.test("a document holds so many cases, and no more", () => {
  const all = found(FENCE.repeat(MAX_ITEMS + 2));
  assertEquals(all.length, MAX_PROBLEMS + 2);
  assertEquals(
    all.at(-1),
    `${
      2 * MAX_ITEMS + 1
    }: too large: more than ${MAX_ITEMS} cases in one document; divide it: what begins here is not read`,
  );
});
