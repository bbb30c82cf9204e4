// An engine in memory: it saves an image, and runs its entrypoint.

import { assert, assertEquals, assertRejects } from "@std/assert";
import { MemoryHost } from "../../host/memory_host.ts";
import type { CaseResult } from "../case.ts";
import { archiveOf, dockerParts } from "./archive/_image_testing.ts";
import { EngineError } from "./engine.ts";
import { verifyImage } from "./engine_image.ts";
import { verifyExitCode } from "./verify.ts";

const IDENTITY = "RUNNER_IMAGE=json\nRUNNER_DOMAIN=json\nRUNNER_ROLE=tool\n";

function archive(user: string): Uint8Array {
  return archiveOf(dockerParts({
    config: { Entrypoint: ["/usr/local/bin/runner"], User: user },
    layers: [[
      { name: "etc/runner/" },
      { name: "etc/runner/image.env", content: IDENTITY, mode: 0o444 },
      { name: "usr/local/bin/runner", content: "#!", mode: 0o755 },
      { name: "usr/local/lib/runner.d/" },
    ]],
  }));
}

interface EngineOptions {
  readonly user?: string;
  /** What a container prints and ends with. */
  readonly container?: { readonly stderr: string; readonly code: number };
}

function machine(options: EngineOptions = {}) {
  const { user = "10001:10001", container = { stderr: "", code: 0 } } = options;
  const calls: string[] = [];
  const { stderr, code } = container;
  const host: MemoryHost = new MemoryHost({
    env: { PATH: "/usr/bin" },
    programs: {
      podman: ({ argv }) => {
        calls.push(argv[1] ?? "");
        if (argv[1] === "save") host.writeFile(argv[3] ?? "", archive(user));
        return { end: { kind: "exit", code: 0 } };
      },
      sh: ({ argv, env }) => {
        calls.push(`run ${env["ENGINE_IMAGE"]} ${argv.slice(2).join(" ")}`);
        return { stderr, end: { kind: "exit", code } };
      },
    },
  });
  return { host, calls };
}

async function verify(options: EngineOptions, filter: string) {
  const { host, calls } = machine(options);
  const results: CaseResult[] = [];
  const reporter = {
    case: (result: CaseResult) => void results.push(result),
    end: () => {},
  };
  const summary = await verifyImage(host, "json:1", {
    engine: { program: "podman" },
    filter,
    reporters: [reporter],
  });
  assertEquals(host.readDirectory("/tmp"), []);
  return { summary, results, calls };
}

Deno.test("verifyImage() looks at the files, then starts the image, then clears up", async () => {
  const { summary, calls } = await verify({}, "platform.exec.runs");
  assertEquals(calls, [
    "version",
    "image",
    "save",
    "run json:1 help",
    "run json:1 exec echo executed",
    "ps",
  ]);
  assertEquals(summary.suite.failed, 1);
  assertEquals(summary.notStarted, undefined);
});

Deno.test("verifyImage() does not start an image whose files break the contract", async () => {
  const { summary, results, calls } = await verify({ user: "0" }, "*");
  assertEquals(calls, ["version", "image", "save"]);
  const broken = summary.clauses.filter(({ verdict }) => verdict === "broken");
  assertEquals(broken.map(({ clause }) => clause.id), ["RP-USER-1"]);
  assertEquals(verifyExitCode(summary), 1);
  const skipped = results.find(({ id }) => id === "platform.exec.runs");
  assertEquals(skipped?.status, "skip");
  assert(skipped?.skipReason?.includes("not started before its files"));
});

Deno.test("verifyImage() tells an engine that fails from an image that disagrees", async () => {
  const container = { stderr: "no space left on device", code: 125 };
  const { host } = machine({ container });
  const engine = { program: "podman" };
  await assertRejects(
    () => verifyImage(host, "json:1", { engine, reporters: [] }),
    EngineError,
    "Cannot start a container with podman: no space left on device",
  );
  assertEquals(host.readDirectory("/tmp"), []);
});
