import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { denoHost } from "../../host/deno_host.ts";
import { type Host, HostError } from "../../host/host.ts";
import { MemoryHost } from "../../host/memory_host.ts";
import { folderOf, Layout } from "./archive/_image_testing.ts";
import { readNdjson } from "../report/read_ndjson.ts";
import { imageMain } from "./image_cli.ts";

const MANIFEST = `MANIFEST_SCHEMA_VERSION=1
RUNNER_IMAGE=runner-base
RUNNER_DOMAIN=base
RUNNER_ROLE=base
RUNTIME_USER_NAME=runner
RUNTIME_USER_UID=10001
RUNTIME_USER_GID=10001
RUNTIME_USER_HOME=/home/runner
RUNTIME_SHELL=/bin/bash
RUNTIME_WORKDIR=/workspace
`;

function hostWith(...args: string[]): MemoryHost {
  return new MemoryHost({ args, files: { "/m/image.manifest": MANIFEST } });
}

const USAGE_ERRORS: readonly (readonly [readonly string[], string, string])[] =
  [
    [[], "no command was given", "verify, completions and doctor"],
    [["completions", "bsh"], "unknown shell", 'Did you mean "bash"?'],
    [["verfy"], 'Cannot run "verfy"', 'Did you mean "verify"?'],
    [["test", "x"], 'Cannot run "test"', 'Did you mean "verify"?'],
    [["help"], 'Cannot run "help"', 'Did you mean "image --help"?'],
    [["jq:1.7"], "not an image", 'Did you mean "image verify jq:1.7"?'],
    [["--jobs", "1"], "before the command", "image verify --help"],
    [["build"], 'Cannot run "build"', "see image --help"],
    [["materialize"], "got 0 manifests and no --out", "image materialize"],
    [["materialize", "a"], "got 1 manifests and no --out", "--out"],
    [["materialize", "a", "b", "--out=o"], "got 2 manifests", "--out"],
    [["materialize", "/none", "--out=/o"], "no such file or directory", ""],
    [["verify"], "nothing was named", "image verify --archive image.tar"],
    [["verify", "a", "b"], 'Cannot verify "b" too', "one after the other"],
    [["verify", "a", "--sandbox=/t"], "an image and --sandbox at once", "one"],
    [
      ["verify", "--sandbox=/t", "--engine=podman"],
      "Cannot use --engine without an image",
      "leave it out",
    ],
    [
      ["verify", "a", "--platform=linux/arm64"],
      "Cannot use --platform without --archive",
      "leave it out",
    ],
    [
      ["verify", "--sandbox=/t", "--archive=/a"],
      "Cannot verify --sandbox and --archive at once",
      "Give one of them",
    ],
    [
      ["verify", "--sandbox=/t", "--platform=linux/arm64"],
      "Cannot use --platform without --archive",
      "leave it out",
    ],
    [
      ["verify", "--archive=/a", "--platform=arm64"],
      'Cannot use "arm64" as --platform',
      "--platform linux/arm64",
    ],
    [["verify", "--archve", "x"], '"--archve"', 'Did you mean "--archive"?'],
    [["verify", "--sanbox", "x"], '"--sanbox"', 'Did you mean "--sandbox"?'],
    [["verify", "--sandbox="], "its value is empty", ""],
    [["verify", "--sandbox=/t", "--jobs=0"], '"0" as --jobs', ""],
    [["verify", "--sandbox=/t", "--report=xml=-"], "unknown format", ""],
  ];

for (const [words, message, remedy] of USAGE_ERRORS) {
  Deno.test(`image ${words.join(" ")} is a usage error`, async () => {
    const host = hostWith(...words);
    assertEquals(await imageMain(host), 2);
    assertEquals(host.stdoutText, "");
    assert(host.stderrText.startsWith("image: "), host.stderrText);
    assertStringIncludes(host.stderrText, message);
    assertStringIncludes(host.stderrText, remedy);
  });
}

for (const words of [["--help"], ["verify", "--help"], ["materialize", "-h"]]) {
  Deno.test(`image ${words.join(" ")} shows usage and examples`, async () => {
    const host = hostWith(...words);
    assertEquals(await imageMain(host), 0);
    assertStringIncludes(host.stdoutText, "Usage:");
    assertStringIncludes(host.stdoutText, "Example");
    assertEquals(host.stderrText, "");
  });
}

Deno.test("image --version tells the version", async () => {
  const host = hostWith("--version");
  assertEquals(await imageMain(host), 0);
  assert(/^image \d+\.\d+\.\d+\n$/.test(host.stdoutText), host.stdoutText);
});

Deno.test("image verify leaves out what is configured for another way", async () => {
  const host = new MemoryHost({
    args: ["verify", "--sandbox", "/nowhere"],
    files: { "/runner.json": '{ "image": { "engine": "podman" } }' },
  });
  assertEquals(await imageMain(host), 1);
  assertStringIncludes(host.stderrText, 'Cannot open tree "/nowhere"');
});

Deno.test("image completions prints a script", async () => {
  const host = hostWith("completions", "zsh");
  assertEquals(await imageMain(host), 0, host.stderrText);
  assertStringIncludes(host.stdoutText, "#compdef image\n");
  assertEquals(host.stderrText, "");
});

Deno.test("image materialize writes the contract files", async () => {
  const host = hostWith("materialize", "/m/image.manifest", "--out", "/o");
  assertEquals(await imageMain(host), 0, host.stderrText);
  const names = host.readDirectory("/o/etc/runner").map(({ name }) => name);
  assertEquals(names, ["image.env", "runtime.env", "tools.env"]);
  assertEquals(host.stat("/o/usr/local/lib/runner.d").kind, "directory");
});

Deno.test("image materialize writes nothing from a broken manifest", async () => {
  const host = new MemoryHost({
    args: ["materialize", "/m/image.manifest", "--out", "/o"],
    files: {
      "/m/image.manifest": MANIFEST.replace("10001", "0") + "PATH=/bin\n",
    },
  });
  assertEquals(await imageMain(host), 1);
  assertStringIncludes(host.stderrText, "nothing was written");
  assertStringIncludes(
    host.stderrText,
    "/m/image.manifest:6: RUNTIME_USER_UID must be an id from 1",
  );
  assertStringIncludes(host.stderrText, '/m/image.manifest:11: "PATH" is not');
  assertEquals(host.mayAccess("/o", "read"), false);
});

Deno.test("image verify of what is no tree says how to get one", async () => {
  const host = hostWith("verify", "--sandbox", "/nowhere");
  assertEquals(await imageMain(host), 1);
  assertEquals(host.stdoutText, "");
  assertStringIncludes(host.stderrText, 'Cannot open tree "/nowhere"');
  assertStringIncludes(host.stderrText, "deno task build");
});

Deno.test("image verify --archive of what is no image says where and what to do", async () => {
  const files = { "/m/image.tar": "no archive" };
  const host = new MemoryHost({
    args: ["verify", "--archive", "/m/image.tar"],
    files,
  });
  assertEquals(await imageMain(host), 1);
  assertEquals(host.stdoutText, "");
  assertEquals(
    host.stderrText,
    'image: Cannot read image "/m/image.tar": it is cut off: at least 502 bytes are missing\n' +
      "Save the image again, with docker save, podman save or skopeo\n",
  );
});

Deno.test("image verify --archive reports and is never complete", async () => {
  const layout = new Layout();
  const parts = layout.parts(
    ["amd64", "arm64"].map((architecture) =>
      layout.putImage({ architecture, layers: [] }, {
        platform: { os: "linux", architecture },
      })
    ),
  );
  const host = new MemoryHost({
    args: [
      ...["verify", "--archive", "/oci", "--platform", "linux/arm64"],
      ...["--filter", "platform.configuration.no-command"],
    ],
    files: folderOf(parts, "/oci"),
  });
  assertEquals(await imageMain(host), 3, host.stderrText);
  assertStringIncludes(
    host.stdoutText,
    "ok platform.configuration.no-command\n",
  );
  assertStringIncludes(host.stdoutText, "INCOMPLETE: nothing was started");
  assertStringIncludes(host.stdoutText, "1 passed, 0 failed, 0 skipped");
});

Deno.test("image verify chooses, repeats and shuffles as spec run does", async () => {
  const layout = new Layout();
  const parts = layout.parts([layout.putImage({ layers: [] })]);
  const verify = async (...flags: readonly string[]) => {
    const host = new MemoryHost({
      args: ["verify", "--archive", "/oci", ...flags],
      files: folderOf(parts, "/oci"),
    });
    return {
      code: await imageMain(host),
      out: host.stdoutText,
      err: host.stderrText,
    };
  };
  const { code, out } = await verify(
    ...["--document", "configuration.spec.md", "--type", "oci.image"],
    ...["--tag", "RP-INVOKE-1", "--repeat", "2", "--shuffle=3", "--bail"],
  );
  assertEquals(code, 3);
  assertStringIncludes(out, "ok platform.configuration.no-command\n");
  assertStringIncludes(out, "shuffled with seed 3, each case 2 times\n");
  // A part of the cases is no verdict on the contract.
  assertEquals(out.includes("contract:"), false);
  const typo = await verify("--tag", "RP-INVOKE-99");
  assertEquals([typo.code, typo.out], [2, ""]);
  assertStringIncludes(typo.err, 'cases has the tag "RP-INVOKE-99"');
  for (const flag of ["--changed", "--shard=1/2"]) {
    assertStringIncludes((await verify(flag)).err, "unknown flag");
  }
});

Deno.test("image verify writes any report, with the clauses of each case", async () => {
  const layout = new Layout();
  const parts = layout.parts([layout.putImage({ layers: [] })]);
  const verify = async (format: string) => {
    const host = new MemoryHost({
      args: [
        ...["verify", "--archive", "/oci", `--report=${format}=-`],
        ...["--filter", "platform.configuration.no-command"],
      ],
      files: folderOf(parts, "/oci"),
    });
    assertEquals(await imageMain(host), 3, host.stderrText);
    return host;
  };
  const host = await verify("ndjson");
  const { plan, results, summary } = readNdjson(host.stdoutText, "-");
  assertEquals([plan.program, plan.task], ["image", "run"]);
  assertEquals(results.map(({ clauses }) => clauses), [["RP-INVOKE-1"]]);
  assertStringIncludes(summary.notes?.[0] ?? "", "INCOMPLETE: nothing was");
  assertStringIncludes(host.stderrText, "INCOMPLETE: nothing was started");
  for (const format of ["terminal", "dot", "markdown"]) {
    const { stdoutText, stderrText } = await verify(format);
    assertStringIncludes(stdoutText, "INCOMPLETE: nothing was started");
    assertEquals(stderrText, "", format);
  }
});

Deno.test("image verify --archive can be interrupted", async () => {
  const layout = new Layout();
  const parts = layout.parts([layout.putImage({ layers: [[], []] })]);
  const host = new MemoryHost({
    args: ["verify", "--archive", "/oci"],
    files: folderOf(parts, "/oci"),
  });
  const listen = host.onInterrupt.bind(host);
  host.onInterrupt = (callback) => {
    const unlisten = listen(callback);
    host.interrupt("SIGINT");
    return unlisten;
  };
  assertEquals(await imageMain(host), 130);
  assertStringIncludes(host.stderrText, "image: interrupted by SIGINT");
});

/** The machine, but one that allows no namespaces. */
function withoutSandbox(
  args: readonly string[],
): { host: Host; out: string[] } {
  const out: string[] = [];
  const real = denoHost();
  const host: Host = Object.assign(Object.create(real), {
    args,
    write: (_: number, bytes: Uint8Array) =>
      void out.push(new TextDecoder().decode(bytes)),
    start() {
      throw new HostError("EPERM", "unshare");
    },
  });
  return { host, out };
}

async function materializedTree(): Promise<string> {
  const tree = await Deno.makeTempDir({ prefix: "runner-tree-" });
  await Deno.mkdir(`${tree}/usr/local/bin`, { recursive: true });
  await Deno.writeTextFile(`${tree}/usr/local/bin/runner`, "#!/bin/true\n");
  await Deno.chmod(`${tree}/usr/local/bin/runner`, 0o755);
  await Deno.writeTextFile(`${tree}/image.manifest`, MANIFEST);
  const { host } = withoutSandbox([
    "materialize",
    `${tree}/image.manifest`,
    "--out",
    tree,
  ]);
  assertEquals(await imageMain(host), 0);
  return tree;
}

Deno.test("image verify where no sandbox is allowed is incomplete, never green", async () => {
  const tree = await materializedTree();
  try {
    const { host, out } = withoutSandbox(["verify", "--sandbox", tree]);
    const code = await imageMain(host);
    const text = out.join("");
    assertEquals(code, 3, text);
    assertStringIncludes(text, "INCOMPLETE");
    assertStringIncludes(text, "unshare: operation not permitted");
    assertStringIncludes(text, "skip platform.exec.runs");
    assertStringIncludes(text, "ok platform.invocation.bare-command\n");
    assertStringIncludes(text, "unchecked");
    assert(/\d+ passed, 0 failed, [1-9]\d* skipped/.test(text), text);
  } finally {
    await Deno.remove(tree, { recursive: true });
  }
});

Deno.test("image verify in process sees a broken identity", async () => {
  const tree = await materializedTree();
  try {
    const identity = `${tree}/etc/runner/image.env`;
    await Deno.remove(identity);
    await Deno.writeTextFile(identity, "RUNNER_IMAGE=a\n");
    const { host, out } = withoutSandbox(["verify", "--sandbox", tree]);
    assertEquals(await imageMain(host), 1);
    assertStringIncludes(out.join(""), "RUNNER_DOMAIN is missing");
  } finally {
    await Deno.remove(tree, { recursive: true });
  }
});

Deno.test("image verify of an image where there is no engine is trouble, no violation", async () => {
  const host = hostWith("verify", "runner-base");
  assertEquals(await imageMain(host), 1);
  assertEquals(host.stdoutText, "");
  assertEquals(
    host.stderrText,
    "image: Cannot find a container engine: there is no docker, no podman, no nerdctl\n" +
      "Install one, or verify without: image verify --archive FILE, image verify --sandbox DIR\n",
  );
});
