/** Values of a configuration as words of a command line. */

import { isAbsolute } from "@std/path";
import { shown } from "../_shown.ts";
import type { Json } from "../json.ts";
import { UsageError } from "../usage_error.ts";
import type { FlagRow } from "./flag_row.ts";

type ValueRow = Extract<FlagRow, { metavar: string }>;

/**
 * Turns what a configuration gives for a flag into what words would have given.
 *
 * @param row The flag.
 * @param value What was given.
 * @param folder What paths are relative to; empty for the working directory.
 * @returns A text for each time, none for a switch; nothing at all for `false`.
 * @throws {UsageError} If the value is of the wrong kind.
 */
export function configText(
  row: FlagRow,
  value: Json,
  folder: string,
): readonly string[] | undefined {
  if (typeof value === "boolean" && row.kind !== "value") {
    return value ? [] : undefined;
  }
  if (row.kind === "switch") throw wrong(row.name, "true or false", value);
  return texts(row, value).map((text) => located(row, text, folder));
}

function texts(row: ValueRow, value: Json): readonly string[] {
  const { name, kind, names, list = false, repeatable = false } = row;
  if (kind === "optional" && typeof value === "number") return [String(value)];
  if (names === "number") {
    if (typeof value === "number") return [String(value)];
    throw wrong(name, "a number", value);
  }
  const takesList = list || repeatable;
  const items = takesList && Array.isArray(value) ? value : [value];
  const given = items.map((item) => {
    if (typeof item === "string") return item;
    const wanted = takesList ? "text or a list of text" : "text";
    throw wrong(
      name,
      kind === "optional" ? `a boolean or ${wanted}` : wanted,
      item,
    );
  });
  if (given.includes("")) {
    throw new UsageError(`Cannot use "${name}": its value is empty`);
  }
  if (given.length === 0) {
    throw new UsageError(`Cannot use "${name}": the list is empty`, {
      remedy: "Leave the key out",
    });
  }
  return list ? [given.join(",")] : given;
}

function located({ name, names }: ValueRow, text: string, folder: string) {
  if (name === "paths" && text === "-") {
    throw new UsageError(
      'Cannot use "-" in "paths": a configuration cannot read standard input',
      { remedy: 'A file of that name is "./-"' },
    );
  }
  if (names === "file" || names === "folder") return beside(text, folder);
  const cut = names === "report" ? text.indexOf("=") + 1 : 0;
  const file = text.slice(cut);
  return cut === 0 || file === "" || file === "-"
    ? text
    : `${text.slice(0, cut)}${beside(file, folder)}`;
}

function beside(path: string, folder: string): string {
  if (folder === "" || isAbsolute(path)) return path;
  const rest = path.replace(/^(?:\.\/+)*(?:\.$)?/, "");
  if (rest === "") return folder;
  return folder === "/" ? `/${rest}` : `${folder}/${rest}`;
}

function wrong(name: string, wanted: string, value: Json): UsageError {
  return new UsageError(
    `"${name}" must be ${wanted}; ${shown(value)} was given`,
  );
}
