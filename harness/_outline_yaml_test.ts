import { assertEquals } from "@std/assert";
import { parse } from "@std/yaml/parse";
import type { OutlineNode } from "./_outline.ts";
import { outlineYaml } from "./_outline_yaml.ts";

const LIMITS = { nodes: 1000, depth: 100 };

const PIECES = [
  ..."ab~1 \t\n\n[]{},",
  ...["\n  ", "\n    ", "  ", "b: ", "c:", "- ", "-", "? ", ": ", "# c"],
  ...["'x y'", '"q"', "|", ">-", "&x ", "&y ", "!!str ", "---", "k: v", "- i"],
] as const;

/** Texts made of random pieces, always the same ones. */
function* randomTexts(count: number): Generator<string> {
  let seed = 42;
  const below = (end: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * end);
  };
  for (let i = 0; i < count; i++) {
    const pieces = Array.from(
      { length: 2 + below(14) },
      () => PIECES[below(PIECES.length)],
    );
    yield pieces.join("");
  }
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: parse(text, { schema: "core" }) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What an outline and a value have in common: keys are counted. */
function shapeOf(node: OutlineNode | undefined): unknown {
  switch (node?.kind) {
    case "sequence":
      return node.children.map((child) => shapeOf(child.node));
    case "mapping":
      return node.children.length;
  }
  return "scalar";
}

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  return typeof value === "object" && value !== null
    ? Object.keys(value).length
    : "scalar";
}

Deno.test("outlineYaml() has the shape that @std/yaml reads", () => {
  let compared = 0;
  for (const text of randomTexts(10_000)) {
    const read = parsed(text);
    const { root, stoppedAt, notes } = outlineYaml(text, LIMITS);
    if (read === undefined || notes.collectionKey !== undefined) continue;
    // `@std/yaml` takes an item behind a bare dash from the list around.
    if (notes.bareDashes.length > 0) continue;
    assertEquals(stoppedAt, undefined, JSON.stringify(text));
    assertEquals(shapeOf(root), shape(read.value), JSON.stringify(text));
    compared++;
  }
  assertEquals(compared > 1500, true, `${compared} texts compared`);
});

Deno.test("outlineYaml() puts every key and item where it is written", () => {
  const letters = (node: OutlineNode, text: string): string =>
    node.children.map(({ at, node }) => {
      const inner = letters(node, text);
      return text[at] + (inner === "" ? "" : `(${inner})`);
    }).join("");
  const texts = {
    "a: 1\nb: [c, d: 2, {e: f}]\n": "ab(cd(d){(e))",
    "- a: 1\n  b: |\n    - c\n- d\n": "-(ab)-",
    "a:\n- b\n- - c\n  - d: e\n": "a(--(--(d)))",
    "? a\n: - b\n? c\n": "?(-)?",
    "a: &x !!map {b: &y c}\nd: *y\n": "a(b)d",
  };
  for (const [text, wanted] of Object.entries(texts)) {
    const { root } = outlineYaml(text, LIMITS);
    assertEquals(root && letters(root, text), wanted, text);
  }
});
