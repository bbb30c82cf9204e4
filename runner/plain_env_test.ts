import { assertEquals } from "@std/assert";
import { Dice } from "../tests/fuzz/_dice.ts";
import { parseEnvFile } from "./env_file.ts";
import { readPlainEnv } from "./plain_env.ts";

function read(text: string): Record<string, string> | undefined {
  const values = readPlainEnv(text);
  return values && Object.fromEntries(values);
}

Deno.test("readPlainEnv() reads what images mostly say of themselves", () => {
  assertEquals(read(""), {});
  assertEquals(
    read("RUNNER_IMAGE='runner-base'\nA_1=b.c/d:e@f,g+h%i=j~k\n\n"),
    {
      RUNNER_IMAGE: "runner-base",
      A_1: "b.c/d:e@f,g+h%i=j~k",
    },
  );
  assertEquals(read("A=\nB=''\nC='d e'"), { A: "", B: "", C: "d e" });
});

Deno.test("readPlainEnv() leaves everything else to the grammar", () => {
  const others = [
    ..."abc =#\t\r'\"$",
    ...[
      "=b",
      "1A=b",
      "_A=b",
      "a=b",
      "A B=c",
      "A =b",
      "A= b",
      "A=b ",
      "export A=b",
    ],
    ...["A='", "A='b", "A=b'", "A='b'c", "A='b'c'", 'A="b"', "A='\"'"],
    ...[
      "A=b\nA=b",
      "A=b\r\n",
      "A=$b",
      "A=`b`",
      "A=b;c",
      "A=b\\",
      "A=b#c",
      "A=*",
    ],
    ...[
      "A=\u00e4",
      "A='\u00a0'",
      "\ufeffA=b",
      "A=\ufffd",
      "A=b\0",
      " ",
      "# c",
      "A=b\n c",
    ],
  ];
  for (const text of others) assertEquals(read(text), undefined, text);
});

Deno.test("readPlainEnv() accepts nothing that the grammar does not, and no other value", () => {
  const pieces = [
    ..."AB_1=' x\n\n.-/:@+,%~",
    ...[
      "A=",
      "B_2=",
      "C='",
      "'\n",
      "\nB=c\n",
      "#",
      '"',
      "$",
      ";",
      "\u00e4",
      "\t",
    ],
  ];
  const dice = new Dice(1);
  let plain = 0;
  for (let run = 0; run < 5000; run++) {
    const text = dice.text(pieces, 10);
    const values = read(text);
    if (values === undefined) continue;
    plain++;
    const result = parseEnvFile(new TextEncoder().encode(text));
    const entries = result.ok ? result.entries : [];
    assertEquals(result.ok, true, text);
    assertEquals(
      entries.map(({ key, value }) => [key, value]),
      Object.entries(values),
      text,
    );
  }
  assertEquals(plain > 300, true, `only ${plain} texts were plain`);
});
