/** Which file names in a directory are documents. */

import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { compileGlob } from "./_glob.ts";
import { UsageError } from "./usage_error.ts";

const FORMAT_PATTERNS: ReadonlyMap<string, readonly string[]> = new Map([
  ["md", []],
  ["yaml", ["*.spec.yaml", "*.spec.yml"]],
  ["json", ["*.spec.json"]],
]);

/**
 * The patterns of document names.
 *
 * @param pattern The pattern of Markdown documents.
 * @param formats The formats looked for.
 * @throws {UsageError} If the pattern is empty or holds a slash, or a format
 * is empty or unknown, or there is none.
 */
export function namePatterns(
  pattern: string,
  formats: readonly string[],
): readonly string[] {
  if (pattern === "") {
    throw new UsageError(
      "Cannot look for cases: the case file pattern is empty",
      { remedy: 'Leave it out for "*.spec.md"' },
    );
  }
  if (pattern.includes("/")) {
    throw new UsageError(
      `Cannot use ${quoted(pattern)} as case file pattern: it contains "/"`,
      { remedy: "The pattern is for file names; give the directory as a path" },
    );
  }
  if (formats.length === 0) throw unknownFormat("");
  return formats.flatMap((format) => {
    const patterns = FORMAT_PATTERNS.get(format);
    if (patterns === undefined) throw unknownFormat(format);
    return format === "md" ? [pattern] : patterns;
  });
}

/**
 * Makes a predicate over file names.
 *
 * @param patterns What {@linkcode namePatterns} returned.
 * @throws {UsageError} If a pattern cannot be compiled.
 */
export function documentNames(
  patterns: readonly string[],
): (name: string) => boolean {
  const globs = patterns.map((pattern) => {
    const glob = compileGlob(pattern);
    if (glob.ok) return glob;
    throw new UsageError(
      `Cannot use ${quoted(pattern)} as case file pattern: it ${glob.reason}`,
    );
  });
  return (name) => globs.some((glob) => glob.matches(name));
}

function unknownFormat(format: string): UsageError {
  const known = [...FORMAT_PATTERNS.keys()];
  const guess = nearest(format.toLowerCase(), known);
  return new UsageError(
    format === ""
      ? "Cannot look for cases: a case format is empty"
      : `Cannot look for cases: ${quoted(format)} is no case format`,
    {
      remedy: guess === undefined
        ? `Give one or more of ${known.join(", ")}`
        : `Did you mean "${guess}"?`,
    },
  );
}

/**
 * How a file is read, whatever it is called besides its extension.
 *
 * @param path The file.
 */
export function formatOf(path: string): "md" | "yaml" | "json" {
  if (/\.ya?ml$/i.test(path)) return "yaml";
  return /\.json$/i.test(path) ? "json" : "md";
}
