import { assert, assertEquals } from "@std/assert";
import {
  compileLauncher,
  COMPILER_VERSION,
  COMPILERS,
  compilerVersion,
  hasCompiler,
  type LauncherMachine,
  readLauncher,
} from "./build.ts";

const MACHINES: readonly LauncherMachine[] = ["x86_64", "aarch64"];

for (const machine of MACHINES) {
  const compiler = `${COMPILERS[machine]} ${COMPILER_VERSION}`;
  const ready = await hasCompiler(machine);
  Deno.test({
    name: `the launcher kept for ${machine} is what ${compiler} makes` +
      (ready ? "" : " (left out: there is no such compiler here)"),
    ignore: !ready,
    fn: async () => {
      assertEquals(await readLauncher(machine), await compileLauncher(machine));
    },
  });
}

const EM = { x86_64: 62, aarch64: 183 } as const;
const PT = { dynamic: 2, interpreter: 3, load: 1, stack: 0x6474e551 } as const;
const PF = { execute: 1, write: 2 } as const;
const ET_EXEC = 2;

interface Segment {
  readonly type: number;
  readonly flags: number;
}

/** Reads what matters of a 64 bit little-endian ELF file. */
function readElf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  assertEquals([...bytes.subarray(0, 6)], [0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  const table = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  const segments = Array.from(
    { length: view.getUint16(56, true) },
    (_, index): Segment => ({
      type: view.getUint32(table + index * size, true),
      flags: view.getUint32(table + index * size + 4, true),
    }),
  );
  return {
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    segments,
  };
}

for (const machine of MACHINES) {
  Deno.test(`the launcher for ${machine} is static, and nothing in it both writable and executable`, async () => {
    const elf = readElf(await readLauncher(machine));
    assertEquals([elf.type, elf.machine], [ET_EXEC, EM[machine]]);
    const types = elf.segments.map(({ type }) => type);
    assert(types.includes(PT.load));
    assert(types.includes(PT.stack), "the stack would be executable");
    assert(!types.includes(PT.interpreter));
    assert(!types.includes(PT.dynamic));
    for (const { type, flags } of elf.segments) {
      const both = (flags & PF.write) !== 0 && (flags & PF.execute) !== 0;
      assert(!both, `segment of type ${type}`);
    }
  });

  Deno.test(`the launcher for ${machine} is small and holds its fixed paths`, async () => {
    const bytes = await readLauncher(machine);
    assert(bytes.length < 4096, `${bytes.length} bytes`);
    const text = new TextDecoder("latin1").decode(bytes);
    const wanted = [
      "/usr/local/lib/runner/deno",
      "/usr/local/lib/runner/runner.js",
      "--no-config",
      "--no-lock",
      "--no-remote",
      "--no-npm",
      "--no-prompt",
      "--cached-only",
      "--no-code-cache",
      "--quiet",
      "--v8-flags=--single-threaded,--jitless",
      "-A",
      "DENO_DIR=/dev/null/none",
      "DENO_LOG=error,deno::cache=off",
      "DENO_NO_UPDATE_CHECK=1",
      "HOME=/usr/local/lib/runner/none",
      "NO_COLOR=1",
      "TZ=UTC",
      "RUNNER_LAUNCHER=",
    ];
    const strings = text.split("\0");
    for (const string of wanted) assert(strings.includes(string), string);
  });
}

Deno.test("compilerVersion() takes an absent compiler for none", async () => {
  assertEquals(await compilerVersion("/nowhere/gcc"), undefined);
});
