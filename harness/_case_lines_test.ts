import { assert, assertEquals, assertThrows } from "@std/assert";
import { itemsAt } from "./_case_lines.ts";
import type { CaseFormat } from "./discover.ts";
import { parseDocument } from "./parse.ts";
import { UsageError } from "./usage_error.ts";

const FENCE = "```";

// Line by line: what stands there; nothing in front of the bar: no case.
const MARKED = `    |# Title
    |
A   |${FENCE}yaml spec-test
A   |# a comment
A   |id: A
A   |type: text.file
A   |
A   |${FENCE}
    |
    |prose
L1  |${FENCE}yaml spec-test
L1  |# before the first
L1  |- id: L1
L1  |  type: text.file
L1  |
L2  |- { id: L2, type: text.file }
L3  |- id: L3
L3  |  nested:
L3  |    - id: not a case
L3  |
L3  |# behind the last
L3  |${FENCE}
    |
    |${FENCE}yaml
    |id: shown
    |${FENCE}
    |
bad |${FENCE}yaml spec-test
bad |id: B
bad |id: B
bad |${FENCE}
    |
slip|${FENCE}yaml spec_test
slip|id: C
slip|${FENCE}
slip|
D   |${FENCE}yaml spec-test
D   |id: D
D   |${FENCE}
    |end
`;

function idsAt(
  text: string,
  lines: readonly number[],
  format: CaseFormat = "md",
): string[] {
  const path = `a.spec.${format}`;
  const bytes = new TextEncoder().encode(text);
  const document = { path, format, lines };
  const items = parseDocument({ path, format }, bytes);
  return itemsAt(document, bytes, items).map((item) =>
    item.kind === "case" ? String(item.value["id"]) : item.message
  );
}

const MESSAGES: Readonly<Record<string, string>> = {
  bad: "duplicate key",
  slip: "spec_test",
};

Deno.test("itemsAt() finds what stands at every line of a document", () => {
  for (const lineEnd of ["\n", "\r\n"]) {
    const rows = MARKED.trimEnd().split("\n");
    const text = rows.map((row) => row.slice(5) + lineEnd).join("");
    for (const [index, row] of rows.entries()) {
      const [mark = ""] = row.split("|");
      const name = mark.trim();
      const line = index + 1;
      if (name === "") {
        assertThrows(() => idsAt(text, [line]), UsageError, `line ${line} of`);
        continue;
      }
      const found = idsAt(text, [line]);
      assertEquals(found.length, 1, row);
      const wanted = MESSAGES[name] ?? name;
      assert(found[0]?.includes(wanted), `${row}: ${found}`);
    }
  }
});

Deno.test("itemsAt() wants what stands at any of the lines, in order and once", () => {
  const text = MARKED.replace(/^.{5}/gm, "");
  assertEquals(idsAt(text, [18, 3, 4, 16]), ["A", "L2", "L3"]);
});

Deno.test("itemsAt() names the nearest case for a line in none", () => {
  const text = MARKED.replace(/^.{5}/gm, "");
  const nearest: Readonly<Record<number, string>> = {
    1: 'The nearest is "A", lines 3 to 8: a.spec.md:5',
    9: 'The nearest is "A", lines 3 to 8: a.spec.md:5',
    10: 'The nearest is "L1", lines 11 to 15: a.spec.md:13',
    32: "The nearest is what cannot be read, lines 28 to 31: a.spec.md:30",
    900: 'The nearest is "D", lines 37 to 39: a.spec.md:38',
  };
  for (const [line, remedy] of Object.entries(nearest)) {
    const error = assertThrows(() => idsAt(text, [Number(line)]), UsageError);
    assert(error.message.includes(`line ${line} of "a.spec.md" is in no case`));
    assertEquals(error.remedy, remedy);
  }
  const error = assertThrows(() => idsAt("# none\n", [1]), UsageError);
  assertEquals(error.remedy, "There is no case in this document");
});

Deno.test("itemsAt() divides YAML and JSON documents among their cases", () => {
  const yaml = "# head\n- id: A\n\n- id: B\n  x: 1\n# tail\n";
  assertEquals(
    [1, 2, 3, 4, 5, 6].flatMap((line) => idsAt(yaml, [line], "yaml")),
    ["A", "A", "A", "B", "B", "B"],
  );
  const json = '[{"id": "A"}, {"id": "B"},\n{"id": "C"\n}, {"id": "D"}]';
  assertEquals(
    [1, 2, 3].map((line) => idsAt(json, [line], "json").join()),
    ["A,B", "C", "D"],
  );
  assertThrows(() => idsAt(json, [4], "json"), UsageError, "line 4 of");
});

Deno.test("itemsAt() finds a broken text at each of its lines", () => {
  const path = "a.spec.md";
  const bytes = Uint8Array.of(0x61, 0x0a, 0x62, 0xff, 0x0a, 0x63);
  const items = parseDocument({ path, format: "md" }, bytes);
  assertEquals(items.length, 1);
  for (const line of [1, 2, 3, 99]) {
    const document = { path, format: "md" as const, lines: [line] };
    assertEquals(itemsAt(document, bytes, items), items);
  }
});

Deno.test("itemsAt() takes what was not read any more for broken", () => {
  // Of so many problems not all are listed.
  const text = `${FENCE}yaml spec-test\nid: A\n${FENCE}\n`.repeat(10_000);
  const [found = ""] = idsAt(text, [30_000]);
  assert(found.includes("problems of this document are listed"), found);
});
