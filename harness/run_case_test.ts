import { assertEquals } from "@std/assert";
import { MemoryHost } from "../host/memory_host.ts";
import { CaseError } from "./case_error.ts";
import { compileCase } from "./compile.ts";
import { Libraries } from "./library/libraries.ts";
import { runCase } from "./run_case.ts";
import { cliRun } from "./types/cli_run.ts";
import { rawCase } from "./types/_type_test_helpers.ts";

/** The category of a case that prints a path which has to exist. */
async function existence(printed: string): Promise<string> {
  const host = new MemoryHost({
    cwd: "/elsewhere",
    files: { "/start/there.txt": "", "/elsewhere/here.txt": "" },
    programs: { tool: () => ({ stdout: printed }) },
  });
  const context = {
    host,
    libraries: new Libraries({ host }),
    environment: {},
    cwd: "/start",
    contractRoot: undefined,
    timeoutMs: 1000,
  };
  const raw = {
    ...rawCase({ harness: { entrypoint: "tool" } }),
    assert: { target: "stdout_path", must: [{ exists: [true] }] },
  };
  try {
    await runCase(compileCase(raw, cliRun, context), context);
    return "pass";
  } catch (error) {
    if (error instanceof CaseError) return error.category;
    throw error;
  }
}

Deno.test("exists looks from where the run was started, wherever the process is now", async () => {
  const table = {
    "there.txt": "pass",
    "./there.txt\nmore": "pass",
    "/elsewhere/here.txt": "pass",
    "here.txt": "assertion",
    "there.txt/": "assertion",
    "": "assertion",
    " \n\t\n": "assertion",
  };
  for (const [printed, ending] of Object.entries(table)) {
    assertEquals(await existence(printed), ending, printed);
  }
});
