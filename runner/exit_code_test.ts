import { assert, assertEquals } from "@std/assert";
import { EXIT_CODE } from "./exit_code.ts";

Deno.test("EXIT_CODE holds the codes of the entrypoint", () => {
  assertEquals(EXIT_CODE, {
    ok: 0,
    usage: 64,
    internal: 70,
    output: 74,
    root: 77,
    contract: 78,
    notExecutable: 126,
    notFound: 127,
  });
});

Deno.test("EXIT_CODE leaves out the engine's code and those of signals", () => {
  for (const code of Object.values<number>(EXIT_CODE)) {
    assert(code !== 125 && code < 128, String(code));
  }
});
