/** YAML at random: the same values in any layout that YAML allows. */

import fc from "fast-check";

/** What is written: values, and how. */
type Node =
  | { readonly kind: "scalar"; readonly text: string }
  | {
    readonly kind: "block";
    readonly head: string;
    readonly lines: readonly string[];
  }
  | {
    readonly kind: "flow";
    readonly open: "[" | "{";
    readonly items: readonly Node[];
  }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "mapping"; readonly items: readonly Node[] };

const SCALARS = fc.constantFrom(
  ...["a", "1", "true", "~", "two words", "http://x/y", "a:b", "a#b", "-1"],
  ...["'it''s'", '"a\\n: b"', "'# no'", '"[x"', "- x".slice(2), "x-y", "é…"],
  ...[
    "a long word of text, which fills a line almost all by itself".slice(0, 40),
  ],
);
const FLOW_SCALARS = fc.constantFrom(
  ...["a", "1", "null", "two words", "http://x/y", "'it''s'", '"a, b"', "-1"],
  ...['"] }"', "'# no'", "subject", "longer words to have lines broken"],
);
const BLOCK = fc.record({
  kind: fc.constant("block" as const),
  head: fc.constantFrom("|", ">", "|-", "|+", ">-"),
  lines: fc.array(
    fc.constantFrom("text", "  more", "", "# no comment", "- no item", "k: v"),
    { minLength: 1, maxLength: 4 },
  ).map((lines) => ["first", ...lines, "last"]),
});

/** A value in some style. */
const NODE: fc.Arbitrary<Node> =
  fc.letrec<{ flow: Node; node: Node }>((tie) => ({
    flow: fc.oneof(
      { maxDepth: 3 },
      FLOW_SCALARS.map((text): Node => ({ kind: "scalar", text })),
      fc.record({
        kind: fc.constant("flow" as const),
        open: fc.constantFrom("[" as const, "{" as const),
        items: fc.array(tie("flow"), { maxLength: 4 }),
      }),
    ),
    node: fc.oneof(
      { maxDepth: 4 },
      SCALARS.map((text): Node => ({ kind: "scalar", text })),
      BLOCK,
      tie("flow"),
      fc.record({
        kind: fc.constantFrom("list" as const, "mapping" as const),
        items: fc.array(tie("node"), { minLength: 1, maxLength: 4 }),
      }),
    ),
  })).node;

/** Numbers from 0 to below 1, one after the other; always the same ones. */
type Dice = () => number;

function diceOf(seed: number): Dice {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Writes values in a layout at random. */
class Writer {
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** What stands behind a dash or colon in a column, up to the line end. */
  value(node: Node, column: number, behind: number): string {
    switch (node.kind) {
      case "scalar":
        return this.#chance(0.1)
          ? `${this.#end()}${
            " ".repeat(column + 1 + this.#some(3))
          }${node.text}`
          : this.#spaces() + node.text;
      case "block": {
        const margin = " ".repeat(column + 1 + this.#some(3));
        const lines = node.lines.map((line) =>
          line === "" ? "" : margin + line
        );
        return ` ${node.head}\n${lines.join("\n")}`;
      }
      case "flow":
        return this.#spaces() + this.#flow(node, column + 1);
      default:
        return this.#collection(node, column, behind);
    }
  }

  collection(
    node: Node & { kind: "list" | "mapping" },
    column: number,
  ): string {
    return node.items.map((item, index) => {
      const lead = node.kind === "list" ? "-" : `key${index}${this.#gap(0.1)}:`;
      return (index === 0 ? "" : this.#newLine(column)) + lead +
        this.value(item, column, column + lead.length);
    }).join("");
  }

  #collection(
    node: Node & { kind: "list" | "mapping" },
    column: number,
    behind: number,
  ): string {
    const spaces = this.#spaces();
    // A list begins behind a dash, on its line; not behind a key.
    if (behind === column + 1 && this.#chance(0.5)) {
      return spaces + this.collection(node, behind + spaces.length);
    }
    const inside = column + 1 + this.#some(4);
    return this.#newLine(inside) + this.collection(node, inside);
  }

  #flow(node: Node & { kind: "flow" }, column: number): string {
    const { open, items } = node;
    const gap = () =>
      this.#chance(0.2)
        ? `${" ".repeat(this.#some(2))}\n${" ".repeat(column + this.#some(5))}`
        : this.#gap(0.4);
    const parts = items.map((item, index) => {
      const text = item.kind === "flow"
        ? this.#flow(item, column)
        : item.kind === "scalar"
        ? item.text
        : "x";
      return gap() + (open === "{" ? `k${index}:${this.#spaces()}` : "") +
        text + gap();
    });
    const comma = items.length > 0 && this.#chance(0.1) ? "," : "";
    return open + parts.join(",") + comma + gap() + (open === "[" ? "]" : "}");
  }

  #newLine(column: number): string {
    const comment = this.#chance(0.1)
      ? `\n${" ".repeat(this.#some(8))}# a  comment`
      : "";
    const blank = this.#chance(0.1) ? `\n${" ".repeat(this.#some(3))}` : "";
    return `${this.#tail()}${comment}${blank}\n${" ".repeat(column)}`;
  }

  #end(): string {
    return `${this.#tail()}\n`;
  }

  #tail(): string {
    if (this.#chance(0.05)) return "  # behind";
    return this.#chance(0.1) ? " " : "";
  }

  #spaces(): string {
    return " ".repeat(1 + this.#some(3));
  }

  #gap(chance: number): string {
    return this.#chance(chance) ? " ".repeat(this.#some(3)) : "";
  }

  #chance(share: number): boolean {
    return this.#dice() < share;
  }

  #some(count: number): number {
    return Math.floor(this.#dice() * count);
  }
}

/** A text in some layout, and the same in another one. */
export const randomYaml: fc.Arbitrary<readonly [string, string]> = fc.tuple(
  fc.array(NODE, { minLength: 1, maxLength: 4 }),
  fc.integer(),
  fc.integer(),
).map(([items, first, second]) => {
  const node = { kind: "mapping", items } as const;
  const write = (seed: number) => {
    const dice = diceOf(seed);
    const column = Math.floor(dice() * 3);
    const text = new Writer(dice).collection(node, column);
    return `${" ".repeat(column)}${text}\n`;
  };
  return [write(first), write(second)];
});
