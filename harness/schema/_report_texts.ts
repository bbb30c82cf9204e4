/** What is told of the keys of reports. */

/** What is told of each key, by the keys that lead to it. */
export const REPORT_TEXTS: Readonly<Record<string, string>> = {
  "event": "What happened.",
  "version": "The version of this shape.",
  "command": 'What was done with the cases, if it was not "run".',
  "task": "What is done with the cases.",
  "program": "Which program does it.",
  "program.name": "Its name.",
  "program.version": "Its version.",
  "total": "How many results there are.",
  "run": "How the cases were chosen, where that is not the usual way.",
  "run.seed": "What the order was drawn from.",
  "run.repeat": "How many times each case was run.",
  "run.shard": "Which part of the cases was run.",
  "run.shard.index": "Its number, from 1.",
  "run.shard.total": "How many there are.",
  "run.shard.plan": "A fingerprint of which case is in which shard.",
  "run.shard.part": "A fingerprint of the cases of this one.",
  "run.suite": "A fingerprint of all chosen cases, before they were divided.",
  "run.cases": "How many cases that were.",
  "run.empty": "Why there was nothing to do, if that is right.",
  "results": "What became of each case, in the order of the documents.",
  ...ofResult(""),
  ...ofResult("results."),
  "location": "Where the case stands.",
  "location.path": "The document.",
  "location.line": "The line, from 1.",
  "location.column": "The column in UTF-16 code units, from 1.",
  "type": "The type of the case.",
  "title": "Its title.",
  "tags": "Its labels.",
  "clauses": "The clauses of a contract that its labels cite.",
  "place": "Which of the chosen cases it is, where only a part was run.",
  "skipReason": "Why it was skipped.",
  "durationMs": "How long it took, in milliseconds.",
  "passed": "How many passed.",
  "failed": "How many cases, blocks or documents failed.",
  "skipped": "How many were skipped.",
  "categories": "The failures by category.",
  "categories.schema": "How many documents are wrong.",
  "categories.assertion": "How many cases found something else than they want.",
  "categories.runtime": "How many could not find out.",
  "notes": "Lines for people.",
  "digest": "A fingerprint of all that stands in front of it.",
  "reason": "Why the run stopped early.",
};

function ofResult(prefix: string): Readonly<Record<string, string>> {
  return {
    [`${prefix}id`]: "The id of the case, or FILE:LINE if it has none.",
    [`${prefix}status`]: "How it ended.",
    [`${prefix}category`]: "Why it failed; null if it did not.",
    [`${prefix}message`]:
      "What was wanted and what was there; null if it did not fail.",
  };
}
