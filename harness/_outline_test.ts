import { assertEquals } from "@std/assert";
import { Outline } from "./_outline.ts";
import { outlineYaml } from "./_outline_yaml.ts";
import type { KeyPath } from "./case.ts";
import type { Json } from "./json.ts";

function outline(text: string): Outline {
  const { root } = outlineYaml(text, { nodes: 1000, depth: 100 });
  if (root === undefined) throw new Error("no outline");
  return new Outline(text, root);
}

Deno.test("Outline.find() enters only what agrees with the value", () => {
  const drawn = outline("a: {b: 1}\nc: [x, y]\n");
  const finds: readonly (readonly [Json, KeyPath, number, number])[] = [
    [{ a: { b: 1 }, c: ["x", "y"] }, ["a", "b"], 2, 4],
    [{ a: { b: 1 }, c: ["x", "y"] }, ["c", 1], 2, 17],
    [{ a: { b: 1, d: 2 }, c: ["x", "y"] }, ["a", "b"], 1, 0],
    [{ a: { b: 1 }, c: ["x"] }, ["c", 0], 1, 10],
    [{ a: { b: 1 } }, ["a", "b"], 0, 0],
    [{ a: [1], c: ["x", "y"] }, ["a", "b"], 1, 0],
    [["x"], [0], 0, 0],
  ];
  for (const [value, path, steps, at] of finds) {
    const place = drawn.find(path, value);
    assertEquals([place.steps, place.at], [steps, at], JSON.stringify(value));
    assertEquals(place.child !== undefined, steps === path.length);
  }
});

Deno.test("Outline.findTag() and findDuplicate() go in document order", () => {
  const drawn = outline("a: !!str x\nb:\n- !y z\n- {c: 1, d: !y 2}\n");
  assertEquals(drawn.findTag((tag) => tag === "!y"), {
    at: 19,
    path: ["b", 0],
  });
  assertEquals(drawn.findTag((tag) => tag === "!z"), undefined);
  assertEquals(drawn.findDuplicate(), undefined);
  assertEquals(outline("a:\n  b: 1\n  'b': 2\na: 3").findDuplicate(), {
    at: 12,
    key: "b",
  });
});
