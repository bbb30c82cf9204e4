/**
 * `spec list`, from options to an exit code.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { printable } from "../../text/printable.ts";
import { complain, print, TOOL_EXIT_CODE } from "../command_line.ts";
import { listSuite } from "../list_suite.ts";
import { choose } from "./choose.ts";
import type { ListOptions } from "./options.ts";

/**
 * Lists cases, a line for each.
 *
 * @param options Which cases.
 * @param host The machine.
 * @returns 0 if every case could be read, otherwise 1.
 * @throws {UsageError} If there is nothing to list.
 *
 * @example Usage
 * ```ts
 * import { listCommand } from "./list_command.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const files = { "/a.spec.json": '{"id":"A-1","type":"text.file"}' };
 * const host = new MemoryHost({ files });
 * assertEquals(await listCommand({ paths: ["a.spec.json"] }, host), 0);
 * assertEquals(host.stdoutText, "A-1\ttext.file\ta.spec.json:1\n");
 * ```
 */
export async function listCommand(
  options: ListOptions,
  host: Host,
): Promise<number> {
  const choice = await choose(options, host);
  const { cases, notes, problems } = listSuite({ ...options, ...choice }, host);
  const lines = cases.map(({ id, type, path, line }) =>
    `${[id, type, `${path}:${line}`].map(printable).join("\t")}\n`
  );
  print(lines.join(""), host);
  const messages = problems.map(({ message }) => message ?? "");
  complain([...notes, ...messages].map((line) => `spec: ${line}`), host);
  return messages.length === 0 ? TOOL_EXIT_CODE.ok : TOOL_EXIT_CODE.failed;
}
