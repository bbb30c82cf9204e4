import { DEEP, evaluating, fenced, looking, testAnswers } from "./_answers.ts";

const TOO_DEEP = "schema too large: collections nested deeper than 100";

function nested(open: string, close: string, inner = ""): string {
  return open.repeat(DEEP) + inner + close.repeat(DEEP);
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

/** An assertion inside groups, as deep as a document may be. */
function grouped(mode: (index: number) => string): string {
  const opened = Array.from({ length: 47 }, (_, at) => `{${mode(at)}: [`);
  const group = opened.join("") + "{contain: [b]}" + "]}".repeat(47);
  return looking(`assert: [{target: text, must: [${group}]}]`);
}

testAnswers({
  "groups as deep as they may be": {
    text: grouped(() => "must"),
    subject: "a",
    wanted: ['5:419 assertion wanted text that contains "b"'],
  },
  "groups of choices as deep as they may be": {
    text: grouped(() => "can"),
    subject: "a",
    wanted: ["5:33 assertion can: no branch holds, wanted at least one of 1"],
  },
  "groups that forbid as deep as they may be": {
    text: grouped((index) =>
      index === 0 ? "cannot" : index % 2 ? "can" : "must"
    ),
    subject: "b",
    wanted: ["5:33 assertion cannot: 1 branch of 1 holds, wanted none"],
  },
  "an expression as deep as it may be": {
    text: evaluating("[not, ".repeat(93) + "true" + "]".repeat(93)),
    wanted: ['5:42 assertion wanted ["not",["not",'],
  },
  "lists in brackets": {
    text: looking(`x-a: ${nested("[", "]")}`),
    wanted: [`5:105 ${TOO_DEEP}`],
  },
  "brackets that are never closed": {
    text: looking(`x-a: ${"[{".repeat(DEEP)}`),
    wanted: [`5:105 ${TOO_DEEP}`],
  },
  "lists in block style": {
    text: fenced(`${"- ".repeat(DEEP)}a`),
    wanted: [`2:201 ${TOO_DEEP}`],
  },
  "keys in block style": {
    text: fenced("? ".repeat(DEEP)),
    wanted: [`2:201 ${TOO_DEEP}`],
  },
  "mappings in block style": {
    text: fenced(lines(2000, (index) => `${" ".repeat(index)}a:`)),
    wanted: [`102:101 ${TOO_DEEP}`],
  },
  "an expression": {
    text: evaluating(nested("[not, ", "]", "true")),
    wanted: [`5:618 ${TOO_DEEP}`],
  },
  "groups": {
    text: looking(`assert: ${nested("{must: [", "]}", "{}")}`),
    wanted: [`5:408 ${TOO_DEEP}`],
  },
  "a chain of aliases": {
    text: fenced(`- &a0 [x]\n${lines(500, (i) => `- &a${i + 1} [*a${i}]`)}`),
    wanted: [`101:9 ${TOO_DEEP}`],
  },
  "an alias bomb": {
    text: fenced(
      lines(100, (i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(i && 9)}]`),
    ),
    wanted: ["8:14 schema too large: more than 200000 values"],
  },
  "lists of a JSON document": {
    format: "json",
    text: nested("[", "]"),
    wanted: [`1:102 ${TOO_DEEP}`],
  },
  "mappings of a JSON document": {
    format: "json",
    text: nested('{"a":', "}", "1"),
    wanted: [`1:502 ${TOO_DEEP}`],
  },
  "a subject that is what it should be": {
    text: evaluating("[eq, [json_parse, [subject]], [json_parse, [subject]]]"),
    subject: nested("[", "]"),
    wanted: ["pass"],
  },
  "a subject that is not": {
    text: evaluating(
      `[eq, [json_parse, [join, [split, [subject], "2"], "1"]], [json_parse, [subject]]]`,
    ),
    subject: nested('[{"a":', "}]", "[2]"),
    wanted: ['5:42 assertion wanted ["eq",'],
  },
  "a subject as text": {
    text: evaluating("[contains, [json_parse, [subject]], '[[[[']"),
    subject: nested("[", "]"),
    wanted: ["pass"],
  },
  "a subject that breaks off": {
    text: evaluating("[json_parse, [subject]]"),
    subject: "[".repeat(DEEP),
    wanted: [
      '5:42 schema json_parse: invalid JSON: wanted a value or "]" at line 1, column 100001, but the text ends',
    ],
  },
  "repetitions in repetitions": {
    text: looking(
      "harness: {spec_lang: {timeout_ms: 20}}\n" +
        "assert: {target: text, must: [regex: ['^(a+)+$']]}",
    ),
    subject: `${"a".repeat(60)}b`,
    wanted: ["6:39 runtime spec_lang budget exceeded: timeout"],
  },
  "alternatives that overlap": {
    text: looking(
      "harness: {spec_lang: {timeout_ms: 20}}\n" +
        "assert: {target: text, cannot: [regex: ['^(a|aa)+$']]}",
    ),
    subject: `${"a".repeat(100)}b`,
    wanted: ["6:41 runtime spec_lang budget exceeded: timeout"],
  },
  "a pattern": {
    text: looking(
      `assert: {target: text, must: [regex: ['${"(".repeat(20_000)}${
        ")".repeat(20_000)
      }']]}`,
    ),
    wanted: ["5:39 schema bad regex: the engine refuses it: "],
  },
});
