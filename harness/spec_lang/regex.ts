/**
 * Python's regular expressions, as JavaScript's.
 *
 * @module
 */

/**
 * Translates a pattern.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns The source and flags of a `RegExp` that finds the same.
 */
export function translateRegex(
  pattern: string,
): { readonly source: string; readonly flags: string } {
  return { source: pattern, flags: "u" };
}

/**
 * Translates a pattern and compiles the result.
 *
 * @param pattern The pattern, as Python's `re` takes it.
 * @returns The compiled translation.
 */
export function compileRegex(pattern: string): RegExp {
  const { source, flags } = translateRegex(pattern);
  return new RegExp(source, flags);
}
