import {
  BUILT_IN_TYPES,
  denoHost,
  exitCodeOf,
  runSuite,
  type SuiteOptions,
  terminalReporter,
  withTypes,
} from "@runner/toolkit";
import { sqlQuery } from "./sql_query.ts";

export async function main(what: Partial<SuiteOptions>): Promise<number> {
  const host = denoHost();
  const encoder = new TextEncoder();
  const write = (text: string) => host.write(1, encoder.encode(text));
  const summary = await runSuite({
    types: withTypes(BUILT_IN_TYPES, [sqlQuery]),
    reporters: [terminalReporter({ write })],
    ...what,
  }, host);
  return exitCodeOf(summary);
}

if (import.meta.main) Deno.exit(await main({ paths: Deno.args }));
