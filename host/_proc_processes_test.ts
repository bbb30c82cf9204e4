import { assert, assertEquals } from "@std/assert";
import { finish } from "./_behaviour.ts";
import { parseStat, ProcProcesses } from "./_proc_processes.ts";
import { denoHost } from "./deno_host.ts";

const VARIABLE = "PROC_PROCESSES_TEST";
const QUIET = ">/dev/null 2>&1 </dev/null";

/** Runs a shell script whose processes have a mark, to the end of its streams. */
async function runMarked(script: string) {
  const value = crypto.randomUUID();
  const processes = new ProcProcesses({ variable: VARIABLE, value });
  const searchPath = "/usr/bin:/bin";
  const command = denoHost().start({
    argv: ["sh", "-c", script],
    env: { PATH: searchPath, [VARIABLE]: value },
    searchPath,
    stdin: new Uint8Array(),
  });
  const { stdout } = await finish(command);
  return { processes, value, pid: Number(stdout) };
}

function environOf(pid: number | string): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`);
  } catch {
    return "";
  }
}

/** Counts processes with a mark, in the plainest way. */
function countMarked(value: string): number {
  return [...Deno.readDirSync("/proc")]
    .filter(({ name }) => environOf(name).includes(value)).length;
}

/** Scripts, and how many processes at least go on when each is over. */
const LEAVING: Readonly<Record<string, number>> = {
  "exit 3": 0,
  "true | cat | cat": 0,
  [`sleep 60 ${QUIET} &`]: 1,
  [`setsid sleep 60 ${QUIET} &`]: 1,
  [`(setsid sh -c 'sleep 60 & sleep 60' ${QUIET} &)`]: 2,
  [`setsid sh -c '(sleep 60 &) ; (setsid sleep 60 &)' ${QUIET} &`]: 2,
  [`setsid sh -c 'while :; do setsid sleep 0.01 & done' ${QUIET} &`]: 1,
};

Deno.test("ProcProcesses finds what has left its group and its parents", async () => {
  for (const [script, least] of Object.entries(LEAVING)) {
    const { processes, value } = await runMarked(script);
    // In the middle of an execve a process cannot be counted.
    while (countMarked(value) < least) {
      await new Promise((go) => setTimeout(go));
    }
    assertEquals(processes.killAll() > 0, least > 0, script);
    assertEquals(countMarked(value), 0, script);
    assertEquals(processes.killAll(), 0, script);
  }
});

Deno.test("ProcProcesses finds what has cleaned its environment by a parent that has not", async () => {
  const { processes, value, pid } = await runMarked(
    `setsid sh -c 'env -i /bin/sleep 60 ${QUIET} & echo $!; exec ${QUIET}; wait' &`,
  );
  while (environOf(pid).includes(value)) {
    await new Promise((go) => setTimeout(go));
  }
  assertEquals(processes.killAll(), 2);
  assertEquals(parseStat(statOf(pid))?.isDead ?? true, true);
});

function statOf(pid: number): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/stat`);
  } catch {
    return "";
  }
}

Deno.test("ProcProcesses finds what was started long ago, among many others", async () => {
  const many = "for i in $(seq 100); do /bin/true; done";
  for (const then of [many, "sleep 0.6"]) {
    const script = `setsid sleep 60 ${QUIET} & ${then}`;
    const { processes } = await runMarked(script);
    assertEquals(processes.killAll(), 1);
  }
});

Deno.test("parseStat() reads any name and tells the dead", () => {
  const rest = "4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 99 23 24";
  for (const name of ["cat", "a) S 1 (b", ") Z 9", "", "\n"]) {
    assertEquals(parseStat(`42 (${name}) S 7 ${rest}`)?.parent, 7, name);
  }
  assertEquals(parseStat(`42 (x) Z 7 ${rest}`)?.isDead, true);
  assertEquals(parseStat(`42 (x) R 7 ${rest}`)?.isDead, false);
  assertEquals(parseStat(""), undefined);
  const own = parseStat(statOf(Deno.pid));
  assertEquals([own?.pid, own?.parent], [Deno.pid, Deno.ppid]);
  assert(Number(own?.start) > 0);
});
