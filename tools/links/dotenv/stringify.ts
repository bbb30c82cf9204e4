/**
 * Stand-in for `@std/dotenv/stringify`, for literal values.
 *
 * The npm package `dotenv` has no inverse of its `parse`; this one quotes the
 * way the real package does.
 */

/** Writes `KEY=value` lines, quoting a value only where it needs it. */
export function stringify(entries: Record<string, string>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key}=${quote(value)}`)
    .join("\n");
}

function quote(value: string): string {
  if (!/[\s"'#]/.test(value)) return value;
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}
