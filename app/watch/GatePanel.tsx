import { useMemo, type ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { type GatePoint, GateTriangle } from '../charts/GateTriangle';
import { fixed } from '../format';
import { Panel } from '../shell/Panel';
import type { Answer } from '../store/answer';
import { strings } from '../strings';
import { lastLayer, list, sentence } from './routing_facts';

/** Words that still show: older ones have faded. */
const TRAIL = 14;
const NAMES = EXPERTS.map((expert) => strings.models[expert]);

interface Props {
  readonly answer: Answer | undefined;
  readonly active: number | undefined;
}

/** The gate of the word that is written or pointed at, in one sentence and as a point in the triangle. */
export function GatePanel({ answer, active }: Props): ReactNode {
  const { watch } = strings;
  const token = active === undefined ? undefined : answer?.tokens[active];
  const gate = token?.routing === undefined ? undefined : lastLayer(token.routing);
  const kept = [...gate ?? []].filter(({ share }) => share > 0).sort((a, b) => b.share - a.share);
  const title = token === undefined || gate === undefined ? watch.gate.title : sentence(token.text.trim(), gate);
  const note = gate === undefined
    ? watch.gate.empty
    : watch.gate.note(list(kept.map(({ share }) => fixed(share, 2))), String(token?.routing?.layers ?? ''));
  return (
    <Panel title={title} note={note}><GatePicture answer={answer} active={active} /></Panel>
  );
}

/** The triangle alone, with the words before the active one as its trail. */
export function GatePicture({ answer, active }: Props): ReactNode {
  const { watch, models } = strings;
  const points = useMemo(() => trail(answer, active), [answer, active]);
  const routing = active === undefined ? undefined : answer?.tokens[active]?.routing;
  const gate = routing === undefined ? undefined : lastLayer(routing);
  return (
    <GateTriangle
      points={points}
      experts={EXPERTS}
      names={NAMES}
      values={EXPERTS.map((_, e) => (gate === undefined ? '' : fixed(gate[e]?.probability ?? 0, 2)))}
      label={gate === undefined
        ? watch.gate.empty
        : watch.gate.spoken(gate.map(({ expert, probability }) => watch.share(models[expert], fixed(probability, 2))).join(', '))}
    />
  );
}

function trail(answer: Answer | undefined, active: number | undefined): readonly GatePoint[] {
  if (answer === undefined || active === undefined) return [];
  return answer.tokens.slice(Math.max(0, active + 1 - TRAIL), active + 1).flatMap(({ routing }, i) => {
    if (routing === undefined) return [];
    const gate = lastLayer(routing);
    return [{
      key: Math.max(0, active + 1 - TRAIL) + i,
      probabilities: gate.map(({ probability }) => probability), shares: gate.map(({ share }) => share),
    }];
  });
}
