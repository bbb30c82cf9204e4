/**
 * Stand-in for `@std/dotenv/stringify`, for literal values.
 *
 * The npm package `dotenv` has no inverse of its `parse`; this one quotes as
 * the real package does.
 */

/** Writes `KEY=value` lines, quoting a value only where it needs it. */
export function stringify(entries: Record<string, string>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${quote(value)}`)
    .join("\n");
}

function quote(value: string): string {
  if (value.includes("'")) return `"${value}"`;
  return /\W/.test(value) ? `'${value}'` : value;
}
