import { assertEquals, assertRejects } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import { CaseError } from "../case_error.ts";
import { runCommand } from "../process/command.ts";
import { decodeOutput } from "../process/outcome.ts";
import {
  containerCommand,
  tellEngineFailure,
  tryContainer,
} from "./container.ts";
import { EngineError } from "./engine.ts";

type Programs = NonNullable<MemoryHostOptions["programs"]>;

function machine(programs: Programs): MemoryHost {
  return new MemoryHost({ programs, env: { PATH: "/usr/bin" } });
}

const WORKS: Programs[string] = () => ({ end: { kind: "exit", code: 0 } });

Deno.test("clearUp() removes the containers that are left, by label, and the folder", async () => {
  const calls: string[][] = [];
  const host = machine({
    podman: ({ argv }) => {
      calls.push([...argv.slice(1)]);
      const stdout = argv[1] === "ps" ? "abc\ndef\n" : "";
      return { stdout, end: { kind: "exit", code: 0 } };
    },
  });
  const engine = { program: "podman", runArgs: [] };
  const { clearUp, environment } = containerCommand(host, engine, "tool");
  await clearUp();
  const filter = `label=${environment["ENGINE_LABEL"]}`;
  assertEquals(calls, [
    ["ps", "--all", "--quiet", "--filter", filter],
    ["rm", "--force", "abc", "def"],
  ]);
  assertEquals(host.readDirectory("/tmp"), []);
});

Deno.test("the container command hands words, flags and the user on as they are", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const program = `${folder}/my engine`;
    await Deno.writeTextFile(program, '#!/bin/sh\nprintf "[%s]" "$@"\n');
    await Deno.chmod(program, 0o755);
    const host = denoHost();
    const engine = { program, runArgs: ["--ulimit=nofile=5:5", "--a=b *"] };
    const container = containerCommand(host, engine, "tool:1");
    const { stdout } = await runCommand(
      {
        argv: [...container.command, "exec", "a b", "", "*", "$HOME"],
        env: { ...container.environment, SANDBOX_USER: "7:8" },
        searchPath: Deno.env.get("PATH") ?? "",
        stdin: new Uint8Array(),
      },
      { timeoutMs: 60_000 },
      host,
    );
    await container.clearUp();
    assertEquals(
      decodeOutput(stdout),
      "[run][--rm][--interactive][--network=none][--pull=never]" +
        `[--label=${container.environment["ENGINE_LABEL"]}]` +
        "[--user=7:8][--ulimit=nofile=5:5][--a=b *]" +
        "[tool:1][exec][a b][][*][$HOME]",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("tellEngineFailure() knows an engine by its exit code, or by its words", () => {
  const said = [
    "exit_code expected=0 actual=125",
    "exit_code expected=0 actual=126\nstderr:\n  | Error: runc: no",
    "exit_code expected=0 actual=127\nstderr:\n  | docker: Error response",
  ];
  for (const message of said) {
    const told = tellEngineFailure(new CaseError("assertion", message));
    assertEquals(told instanceof CaseError && told.category, "runtime");
  }
});

Deno.test("tryContainer() tells an engine that cannot start a container", async () => {
  const ends: readonly (readonly [number, string, boolean])[] = [
    [0, "", false],
    [78, "runner: Cannot read image identity", false],
    [127, "sh: not found", false],
    [125, "no space left", true],
    [126, "Error: runc create failed", true],
  ];
  for (const [code, stderr, isTrouble] of ends) {
    const program = () => ({ stderr, end: { kind: "exit", code } } as const);
    const host = machine({ sh: program, podman: WORKS });
    const engine = { program: "podman", runArgs: [] };
    const container = containerCommand(host, engine, "tool");
    const trying = tryContainer(host, engine, container);
    if (isTrouble) {
      await assertRejects(() => trying, EngineError, `podman: ${stderr}`);
    } else await trying;
  }
});

Deno.test("tellEngineFailure() leaves every other failure as it is", () => {
  const failures = [
    new CaseError("assertion", "exit_code expected=0 actual=126"),
    new CaseError(
      "assertion",
      "exit_code expected=0 actual=127\nstderr:\n  | runner: Error: x",
    ),
    new CaseError("assertion", "exit_code expected=0 actual=1\n  | Error: x"),
    new CaseError("assertion", "exit_code expected=0 actual=1250"),
    new CaseError("runtime", "exit_code expected=0 actual=125"),
    new TypeError("exit_code expected=0 actual=125"),
  ];
  for (const failure of failures) {
    assertEquals(tellEngineFailure(failure), failure);
  }
});
