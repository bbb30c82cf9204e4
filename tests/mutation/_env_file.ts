/**
 * What is no literal text.
 *
 * @module
 */

import { type Mutant, mutantsOf } from "./_mutant.ts";

const identity = (...names: readonly string[]) =>
  names.map((name) => `platform.identity.${name}`);

const KEY_LINE = "const key = text.slice(0, equals);";
const INTERPRETED = "raw.search(/[\\\\$`;]/)";

const TEXT = mutantsOf("runner/env_file.ts", "memory", [
  {
    rule: "bytes that are no text are replaced",
    says: "is not UTF-8 text",
    from: 'new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })',
    to: 'new TextDecoder("utf-8", { fatal: false, ignoreBOM: true })',
    cases: identity("not-text"),
  },
  {
    rule: "a byte order mark is taken off",
    says: "begins with a byte order mark",
    from: 'return at(0, "begins with a byte order mark");',
    to: "text = text.slice(1);",
    cases: identity("byte-order-mark"),
  },
  {
    rule: "a CR is taken off",
    says: "ends with CR",
    from: "const control = controlIndex(text);",
    to: 'text = text.replace(/\\r$/, "");\n' +
      "  const control = controlIndex(text);",
    cases: identity("carriage-return"),
  },
  {
    rule: "terminal sequences are allowed",
    says: "holds the control character",
    from: "code < 0x20 ||",
    to: "code < 0x1b ||",
    cases: identity("control-character"),
  },
  {
    rule: "NUL is allowed",
    from: "code < 0x20 ||",
    to: "(code > 0 && code < 0x20) ||",
    cases: identity("nul"),
  },
  {
    rule: "control characters beyond ASCII are allowed",
    from: "code <= 0x9f",
    to: "code <= 0x7f",
    cases: identity("c1-control"),
  },
  {
    rule: "line separators are allowed",
    from: "code === 0x2028 ||",
    to: "",
    cases: identity("line-separator"),
  },
  {
    rule: "a byte order mark is allowed inside",
    from: " || code === 0xfeff",
    to: "",
    cases: identity("inner-byte-order-mark"),
  },
]);

const KEYS = mutantsOf("runner/env_file.ts", "memory", [
  {
    rule: "a line that is no assignment is passed over",
    says: "is not KEY=value",
    from: "if (equals < 0) return at(0, `${quoted(text)} is not KEY=value`);",
    to: "if (equals < 0) return {};",
    cases: identity("no-assignment"),
  },
  {
    rule: "a key is set again, and the last one counts",
    says: "is set again, first on line",
    from: "firstLine.get(key);",
    to: "(undefined as number | undefined);",
    cases: identity("duplicate-key"),
  },
  {
    rule: "export is taken off",
    says: '"export" is not allowed',
    from: KEY_LINE,
    to: 'const key = text.slice(0, equals).replace(/^export\\s+/, "");',
    cases: identity("export"),
  },
  {
    rule: "space before the equals sign is taken off",
    says: 'space before "=" is not allowed',
    from: KEY_LINE,
    to: "const key = text.slice(0, equals).trimEnd();",
    cases: identity("space-before-equals"),
  },
  {
    rule: "a key may be in lower case",
    says: "is not a key: it must match",
    from: "/^[A-Z][A-Z0-9_]*$/",
    to: "/^[A-Z][A-Z0-9_]*$/i",
    cases: identity("lower-case-key"),
  },
  {
    rule: "a key may begin with a digit",
    from: "/^[A-Z][A-Z0-9_]*$/",
    to: "/^[A-Z0-9_]+$/",
    cases: identity("key-begins-with-digit"),
  },
]);

const LITERAL = "is not literal: it holds ${interpreted}";

const VALUES = mutantsOf("runner/env_file.ts", "memory", [
  {
    rule: "a backslash is allowed",
    says: "a backslash",
    from: INTERPRETED,
    to: "raw.search(/[$`;]/)",
    cases: identity("backslash"),
  },
  {
    rule: "expansions are allowed",
    says: LITERAL,
    from: INTERPRETED,
    to: "raw.search(/[\\\\`;]/)",
    cases: identity("command-substitution", "expansion"),
  },
  {
    rule: "backticks are allowed",
    says: "a backtick",
    from: INTERPRETED,
    to: "raw.search(/[\\\\$;]/)",
    cases: identity("backtick"),
  },
  {
    rule: "a second command is allowed",
    says: LITERAL,
    from: INTERPRETED,
    to: "raw.search(/[\\\\$`]/)",
    cases: identity("second-command"),
  },
  {
    rule: "a quote need not be closed",
    says: "has an unclosed ${quote}",
    from:
      "    return { ok: false, index: 0, message: `has an unclosed ${quote}` };",
    to: "    return { ok: true, text: raw.slice(1) };",
    cases: identity("unclosed-quote"),
  },
  {
    rule: "text behind the closing quote is dropped",
    says: "has text after its closing quote",
    from: "if (end !== raw.length - 1) {",
    to: "if (end === raw.length) {",
    cases: identity("text-after-quote"),
  },
  {
    rule: "a quote may stand inside of a value",
    says: "has a quote inside an unquoted value",
    from: "if (quote >= 0) {",
    to: "if (quote === -2) {",
    cases: identity("inner-quote"),
  },
  {
    rule: "white space after the equals sign is taken off",
    says: 'has space after "="',
    from: "if (/^\\s/.test(raw)) {",
    to:
      "if (/^\\s/.test(raw)) return readBare(raw.trimStart());\n  if (raw === null) {",
    cases: identity("space-after-equals"),
  },
  {
    rule: "white space needs no quotes",
    says: "holds white space and must be quoted",
    from: "if (space >= 0) {",
    to: "if (space === -2) {",
    cases: identity("unquoted-white-space"),
  },
  {
    rule: "a number sign needs no quotes",
    says: 'holds "#" and must be quoted',
    from: "if (comment >= 0) {",
    to: "if (comment === -2) {",
    cases: identity("unquoted-hash"),
  },
]);

const SIZE = mutantsOf("runner/identity.ts", "sandbox", [{
  rule: "a file may be larger than it says",
  from: "host.readFile(path, READING)",
  to: "host.readFile(path)",
  cases: identity("larger-than-it-says"),
}]);

/** What is no literal text. */
export const ENV_FILE: readonly Mutant[] = [
  ...TEXT,
  ...KEYS,
  ...VALUES,
  ...SIZE,
];
