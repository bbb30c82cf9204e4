// The least that becomes another program: looks at the files the entrypoint
// looks at, takes over arguments and environment, and calls execve. No checks,
// no messages, no search. What it costs cannot be saved with this runtime.
const ADDRESS = { type: "pointer" };
const { symbols } = Deno.dlopen("libc.so.6", {
  execve: ADDRESS,
  geteuid: ADDRESS,
  getuid: ADDRESS,
  signal: ADDRESS,
});
const libc = (name, parameters, result) =>
  new Deno.UnsafeFnPointer(symbols[name], { parameters, result });

libc("getuid", [], "u32").call();
libc("geteuid", [], "u32").call();
Deno.statSync("/etc/runner/image.env");
Deno.readFileSync("/etc/runner/image.env");
Deno.statSync("/usr/local/lib/runner.d");

function split(bytes) {
  const parts = [];
  for (let start = 0;;) {
    const end = bytes.indexOf(0, start);
    if (end < 0) return parts;
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
}

const words = split(Deno.readFileSync("/proc/self/cmdline"));
const argv = words.slice(words.length - Deno.args.length + 1);
const environment = split(Deno.readFileSync("/proc/self/environ"));

const strings = [...argv, ...environment];
const slots = strings.length + 2;
const size = strings.reduce((sum, { length }) => sum + length + 1, slots * 8);
const bytes = new Uint8Array(size);
const table = new BigUint64Array(bytes.buffer, 0, slots);
const base = Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
let offset = slots * 8;
strings.forEach((text, index) => {
  table[index < argv.length ? index : index + 1] = base + BigInt(offset);
  bytes.set(text, offset);
  offset += text.length + 1;
});

const { create } = Deno.UnsafePointer;
libc("signal", ["i32", "usize"], "usize").call(13, 0n);
libc("execve", ["pointer", "buffer", "pointer"], "i32").call(
  create(table[0]),
  bytes,
  create(base + BigInt((argv.length + 1) * 8)),
);
throw new Error("execve failed");
