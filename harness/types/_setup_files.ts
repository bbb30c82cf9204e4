/**
 * The key `harness.setup_files`, checked.
 *
 * @module
 */

import { normalize } from "@std/path";
import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import type { KeyPath, RawCase } from "../case.ts";
import type { CaseError } from "../case_error.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { type SetupFile, setupPathProblem } from "../process/setup_file.ts";
import { inQuotes, kindOf, own, wrong } from "./_case_key.ts";

/**
 * Reads the files a case wants to be there before it runs.
 *
 * @param raw The case.
 * @returns The files, in order; none if it says nothing.
 * @throws {CaseError} `schema` if the key is wrong.
 */
export function readSetupFiles(raw: RawCase): readonly SetupFile[] {
  const at = ["harness", "setup_files"] as const;
  const value = own(raw.harness, "setup_files") ?? [];
  if (isJsonObject(value)) return [readSetupFile(raw, value, at)];
  if (isJsonList(value)) return readList(raw, value, at);
  throw wrong(
    raw,
    at,
    `harness.setup_files must be a list of {path, text}, found ${
      kindOf(value)
    }`,
  );
}

function readList(
  raw: RawCase,
  items: readonly Json[],
  at: KeyPath,
): readonly SetupFile[] {
  const first = new Map<string, number>();
  return items.map((item, index) => {
    const file = readSetupFile(raw, item, [...at, index]);
    const target = normalize(file.path);
    const before = first.get(target);
    if (before === undefined) {
      first.set(target, index);
      return file;
    }
    throw wrong(
      raw,
      [...at, index, "path"],
      `setup_files item path ${
        quoted(file.path)
      } names the file that setup_files[${before}] makes; leave one of them out`,
    );
  });
}

function readSetupFile(raw: RawCase, item: Json, at: KeyPath): SetupFile {
  if (!isJsonObject(item)) {
    throw wrong(
      raw,
      at,
      `setup_files item must be a mapping {path, text}, found ${kindOf(item)}`,
    );
  }
  for (const key of Object.keys(item)) {
    if (key === "path" || key === "text") continue;
    const close = nearest(key, ["path", "text"]);
    const hint = close === undefined
      ? ", wanted path and text"
      : `; did you mean ${quoted(close)}?`;
    throw wrong(
      raw,
      [...at, key],
      `setup_files item has the unknown key ${quoted(key)}${hint}`,
    );
  }
  const [path, text] = [own(item, "path"), own(item, "text")];
  if (typeof path !== "string") throw notText(raw, [...at, "path"], path);
  if (typeof text !== "string") throw notText(raw, [...at, "text"], text);
  const problem = setupPathProblem(path);
  if (problem !== undefined) throw wrong(raw, [...at, "path"], problem);
  return { path, text };
}

function notText(
  raw: RawCase,
  at: KeyPath,
  found: Json | undefined,
): CaseError {
  const key = String(at.at(-1));
  const actual = found === undefined
    ? `there is no key ${quoted(key)}`
    : `found ${kindOf(found)}${inQuotes(found)}`;
  return wrong(raw, at, `setup_files item ${key} must be a string, ${actual}`);
}
