import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../../host/memory_host.ts";
import { UsageError } from "../usage_error.ts";
import { EngineError, findEngine, requireImage, saveImage } from "./engine.ts";

type Programs = NonNullable<MemoryHostOptions["programs"]>;

function machine(programs: Programs): MemoryHost {
  return new MemoryHost({ programs, env: { PATH: "/usr/bin" } });
}

const WORKS: Programs[string] = () => ({ end: { kind: "exit", code: 0 } });
const IS_DOWN: Programs[string] = () => ({
  stderr: "Cannot connect to the daemon\nis it running?\n",
  end: { kind: "exit", code: 125 },
});

Deno.test("findEngine() takes the first engine that is here", async () => {
  const table: [Programs, string][] = [
    [{ docker: WORKS, podman: WORKS }, "docker"],
    [{ nerdctl: WORKS, podman: WORKS }, "podman"],
    [{ nerdctl: WORKS }, "nerdctl"],
  ];
  for (const [programs, wanted] of table) {
    const engine = await findEngine(machine(programs), { runArgs: ["--a"] });
    assertEquals(engine, { program: wanted, runArgs: ["--a"] });
  }
});

Deno.test("findEngine() takes no other engine than the one that is named", async () => {
  const host = machine({ docker: WORKS, "/opt/podman": WORKS });
  const { program } = await findEngine(host, { program: "/opt/podman" });
  assertEquals(program, "/opt/podman");
  await assertRejects(
    () => findEngine(host, { program: "podman" }),
    EngineError,
    'Cannot find container engine "podman"',
  );
});

Deno.test("findEngine() does not pass over an engine that is down", async () => {
  const error = await assertRejects(
    () => findEngine(machine({ docker: IS_DOWN, podman: WORKS })),
    EngineError,
    "Cannot use docker: Cannot connect to the daemon; is it running?",
  );
  assertStringIncludes(error.remedy, "Is its service running?");
});

Deno.test("requireImage() refuses what an engine would take for something else", async () => {
  const engine = { program: "podman", runArgs: [] };
  for (const reference of ["", "-v/:/host", "--privileged", " x", "/x", "."]) {
    await assertRejects(
      () => requireImage(machine({ podman: WORKS }), engine, reference),
      UsageError,
      "an image reference begins with a letter or digit",
    );
  }
});

Deno.test("an engine's failure is told in its own words", async () => {
  const engine = { program: "podman", runArgs: [] };
  const host = machine({
    podman: ({ argv }) => ({
      stderr: argv[1] === "save" ? "no space left\x1b[2J" : "no such image",
      end: { kind: "exit", code: 125 },
    }),
  });
  const missing = await assertRejects(
    () => requireImage(host, engine, "tool:1"),
    EngineError,
    'Cannot find image "tool:1" with podman: no such image',
  );
  assertStringIncludes(missing.remedy, "podman pull tool:1");
  await assertRejects(
    () => saveImage(host, engine, "tool:1", "/tmp/x.tar"),
    EngineError,
    'Cannot save image "tool:1" with podman: no space left\\x1b[2J',
  );
});

Deno.test("an engine that says nothing is told by its exit code", async () => {
  const host = machine({
    podman: () => ({ end: { kind: "exit", code: 7 } }),
  });
  await assertRejects(
    () => findEngine(host, { program: "podman" }),
    EngineError,
    "Cannot use podman: exit code 7",
  );
});
