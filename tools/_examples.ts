/**
 * Finds the examples of source files and pages, as the runtime's own `--doc`
 * does. It would give each a worker, which takes far longer than the example.
 *
 * @module
 */

/** An example that runs. */
export interface Example {
  /** The line of its opening fence. */
  readonly from: number;
  /** The line behind its closing fence. */
  readonly to: number;
  /** The program. */
  readonly code: string;
}

/** A fence, with the words behind it. */
const FENCE = /^\s*(`{3,})([^`]*)$/;

/** What the runtime would run, too, and nothing here is written in. */
const OTHER_LANGUAGES: ReadonlySet<string> = new Set(
  ["js", "javascript", "mjs", "cjs", "jsx", "typescript", "mts", "cts", "tsx"],
);

/**
 * Finds the examples of a file.
 *
 * @param path Its name; `.md` is a page, everything else is source.
 * @param text What it holds.
 * @returns The examples in their order.
 * @throws {SyntaxError} If a fence is not closed, or a comment's fence does not
 * say that it holds `ts`, or something that never runs.
 *
 * @example Usage
 * ```ts
 * import { examplesIn } from "./_examples.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = ["/**", " * ~~~ts", " * f();", " * ~~~", " *" + "/"].join("\n");
 * assertEquals(examplesIn("f.ts", text.replaceAll("~~~", "`".repeat(3))), [
 *   { from: 2, to: 5, code: "f();\n" },
 * ]);
 * ```
 */
export function examplesIn(path: string, text: string): Example[] {
  const isPage = path.endsWith(".md");
  const lines = isPage ? text.split("\n") : commentLines(text);
  const examples: Example[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, fence, words = ""] = FENCE.exec(lines[at] ?? "") ?? [];
    if (fence === undefined) continue;
    const start = at + 1;
    at = closingLine(lines, start, fence);
    if (at === -1) {
      throw new SyntaxError(`Cannot read ${path}:${start}: no closing fence`);
    }
    const [language = "", ...attributes] = words.trim().split(/[\s,]+/);
    if (OTHER_LANGUAGES.has(language) || (language === "" && !isPage)) {
      throw new SyntaxError(
        `Cannot tell what ${path}:${start} is: the fence says "${language}": say "ts" for what runs`,
      );
    }
    if (language !== "ts" || attributes.includes("ignore")) continue;
    const code = lines.slice(start, at).join("\n") + "\n";
    examples.push({ from: start, to: at + 2, code });
  }
  return examples;
}

/** The lines of documenting comments, and an empty one for each other line. */
function commentLines(text: string): string[] {
  let isInside = false;
  return text.split("\n").map((line) => {
    if (/^\s*\/\*\*/.test(line)) isInside = true;
    const content = isInside ? line.replace(/^\s*\/?\*+ ?/, "") : "";
    if (line.includes("*/")) isInside = false;
    return content;
  });
}

/** The index of the line that closes a fence, or -1. */
function closingLine(
  lines: readonly string[],
  start: number,
  fence: string,
): number {
  return lines.findIndex((line, index) =>
    index >= start && line.trim() === fence
  );
}
