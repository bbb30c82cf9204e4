// Every exit code, through a process.

import { assertEquals } from "@std/assert";
import { runCommand } from "../../harness/process/command.ts";
import { finish } from "../../host/_behaviour.ts";
import { denoHost } from "../../host/deno_host.ts";

const HOST = denoHost();
const CODES = Array.from({ length: 256 }, (_, code) => code);

function exit(code: number) {
  return {
    argv: ["sh", "-c", `exit ${code}`],
    env: { PATH: "/usr/bin:/bin" },
    searchPath: "/usr/bin:/bin",
    stdin: new Uint8Array(),
  };
}

Deno.test("denoHost() tells every exit code", async () => {
  for (const code of CODES) {
    const { end } = await finish(HOST.start(exit(code)));
    assertEquals(end, { kind: "exit", code });
  }
});

Deno.test("runCommand() keeps every exit code, of programs that run side by side", async () => {
  for (let at = 0; at < CODES.length; at += 32) {
    const codes = CODES.slice(at, at + 32);
    const outcomes = await Promise.all(
      codes.map((code) => runCommand(exit(code), { timeoutMs: 20_000 }, HOST)),
    );
    assertEquals(outcomes.map(({ exitCode }) => exitCode), codes);
  }
});
