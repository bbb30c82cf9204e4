/** Where a failure stands, apart from what it says. */

import { printable } from "../../text/printable.ts";
import type { CaseResult } from "../case.ts";
import type { Location } from "../case_error.ts";

/** A message, without the place it begins with, and that place. */
export interface PlacedMessage {
  readonly location: Location;
  readonly text: string;
}

/** Takes a message apart; one without a place stands where its case begins. */
export function placedMessage(
  { message, location }: Pick<CaseResult, "message" | "location">,
): PlacedMessage {
  const text = message ?? "";
  // It names its document in print, which may hold anything, colons too.
  const own = `${printable(location.path)}:`;
  const named = text.startsWith(own)
    ? own
    : /^.+?:(?=\d+:\d+: )/.exec(text)?.[0];
  const place = /^(\d+):(\d+): /.exec(text.slice(named?.length));
  if (named === undefined || place === null) return { location, text };
  const [whole, line, column] = place;
  const path = named === own ? location.path : named.slice(0, -1);
  return {
    location: { path, line: Number(line), column: Number(column) },
    text: text.slice(named.length + whole.length),
  };
}
