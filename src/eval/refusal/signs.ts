import { COURSE } from './course';
import { CUES } from './cues';
import type { Evidence } from './evidence';
import type { Facts } from './facts';
import type { Rule } from './rules';
import { viewOf } from './view';

/** What is weighed: a name and its value, 0 for all that are not there. Words count for less than rules and cues. */
export type Signs = ReadonlyMap<string, number>;

const WORD = 0.7;
/** Words with which an answer begins, for which there are signs of their own. */
const OPENING = 8;
const TOKEN = /[\p{L}\p{N}_']+/gu;

/**
 * `rule:` each rule that holds, and `looks:` the first of them; `cue:` each cue; `act:` what its sentences do; what was asked; how
 * long it is; `word:` its words and pairs of neighbours, with < and > for the ends of sentences; `opens:` those among the first; `asked:` the
 * words of the request.
 */
export function signsOf(facts: Facts, evidence: Evidence, holding: readonly Rule[]): Signs {
  const signs = new Map<string, number>();
  const view = viewOf(facts, evidence);
  const { request, opening, sentences } = facts;
  const [first] = holding;
  if (first !== undefined) {
    const wanted = request.writing || request.reworking ? 'a text' : request.kind;
    signs.set(`looks:${first.name}`, 1).set(`looks:${first.verdict}`, 1).set(`looks:${first.name}, ${wanted} wanted`, 1);
  }
  for (const { name } of holding) signs.set(`rule:${name}`, 1);
  for (const { name } of [...CUES, ...COURSE].filter(({ holds }) => holds(view))) signs.set(`cue:${name}`, 1);
  for (const act of sentences.flatMap(({ acts }) => [...acts])) signs.set(`act:${act}`, 1);
  if (evidence.declined !== undefined) signs.set(evidence.declined === 0 ? 'declines:first' : 'declines:later', 1);
  signs.set(`wants:${request.kind}`, 1).set(`opening:${opening}`, 1).set(`length:${Math.floor(Math.log2(view.words))}`, 1);
  const tokens = sentences.flatMap(({ text }) => ['<', ...text.match(TOKEN) ?? [], '>']);
  for (const [i, token] of tokens.entries()) {
    for (const term of [token, ...(i === 0 ? [] : [`${tokens[i - 1] ?? ''} ${token}`])]) {
      if (term === '<' || term === '>' || term === '> <') continue;
      signs.set(`word:${term}`, WORD);
      if (i < OPENING) signs.set(`opens:${term}`, WORD);
    }
  }
  if (request.quotes) signs.set('asked:a quotation', 1);
  for (const token of request.text.match(TOKEN) ?? []) signs.set(`asked:${token}`, WORD);
  return signs;
}
