/** The characters of YAML. */

/** The characters that mean something, by name. */
export const code = {
  tab: 0x09,
  lineFeed: 0x0a,
  space: 0x20,
  exclamation: 0x21,
  doubleQuote: 0x22,
  sharp: 0x23,
  percent: 0x25,
  ampersand: 0x26,
  singleQuote: 0x27,
  asterisk: 0x2a,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  colon: 0x3a,
  less: 0x3c,
  greater: 0x3e,
  question: 0x3f,
  at: 0x40,
  leftSquare: 0x5b,
  backslash: 0x5c,
  rightSquare: 0x5d,
  backtick: 0x60,
  leftCurly: 0x7b,
  bar: 0x7c,
  rightCurly: 0x7d,
} as const;

/** What no plain scalar begins with. */
export const NEVER_PLAIN: ReadonlySet<number> = new Set([
  code.sharp,
  code.ampersand,
  code.asterisk,
  code.exclamation,
  code.bar,
  code.greater,
  code.singleQuote,
  code.doubleQuote,
  code.percent,
  code.at,
  code.backtick,
]);

/** Whether a character ends a line. */
export function isBreak(character: number): boolean {
  return character === code.lineFeed;
}

/** Whether a character is a space, a tab or a line break. */
export function isSpace(character: number): boolean {
  return isBlank(character) || isBreak(character);
}

/** Whether a character has a meaning of its own inside brackets and braces. */
export function isFlow(character: number): boolean {
  return character === code.comma || character === code.leftSquare ||
    character === code.rightSquare || character === code.leftCurly ||
    character === code.rightCurly;
}

/** Whether a character is a space or a tab. */
export function isBlank(character: number): boolean {
  return character === code.space || character === code.tab;
}

/** Whether a character says how a block scalar is to be read. */
export function isBlockIndicator(character: number): boolean {
  return character === code.plus || character === code.minus ||
    (character >= 0x31 && character <= 0x39);
}
