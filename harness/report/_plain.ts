/** Text of a case for reports that other programs read. */

import { printable } from "../../text/printable.ts";

/** One line, without anything that XML, YAML or a terminal cannot hold. */
export function plainLine(text: string): string {
  return printable(text).replace(/[\ufffe\uffff]/g, "\ufffd");
}

/** The same for text of several lines. */
export function plainText(text: string): string {
  return text.split("\n").map(plainLine).join("\n");
}
