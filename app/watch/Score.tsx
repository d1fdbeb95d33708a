import { memo, useId, useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { EXPERTS, type TokenRouting } from '../../src/engine/protocol';
import { type Answer, isBusy } from '../store/answer';
import { strings } from '../strings';
import { lastLayer, spoken } from './routing_facts';
import { useLines } from './use_lines';
import { type ScoreToken, words } from './words';
import css from './Score.module.css';

interface Props {
  readonly answer: Answer | undefined;
  /** Index of the token that is pointed at, or being written. */
  readonly active: number | undefined;
  readonly onActive: (index: number | undefined) => void;
  /** A word was clicked, or Enter pressed on it. */
  readonly onPick?: (index: number) => void;
  /** Small, among others: without the lanes' names. */
  readonly panel?: boolean;
  /** What the list is called; as the answer of the screen where absent. */
  readonly label?: string;
  /** Lanes stand empty and wait for words. */
  readonly routed: boolean;
  /** Said where no answer is. */
  readonly empty: string;
}

/** The text as a musical score: under each line three lanes, and each word's bars show whom the router called. */
export function Score({ answer, active, onActive, onPick, panel = false, label = strings.watch.score, routed, empty }: Props): ReactNode {
  const tokens = answer?.tokens;
  const lines = useMemo(() => words(tokens ?? []), [tokens]);
  const order = useMemo(() => lines.flat(), [lines]);
  const [box, count] = useLines();
  const id = useId();
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && active !== undefined && onPick !== undefined) {
      event.preventDefault();
      onPick(active);
      return;
    }
    const at = order.findIndex(({ index }) => index === active);
    const next = move(event.key, at < 0 ? order.length - 1 : at, order.length);
    if (next === undefined) return;
    event.preventDefault();
    onActive(order[next]?.index);
  };
  return (
    <div className={css['score']} data-routed={routed} data-panel={panel} data-ended={isEnded(answer)}>
      {routed && !panel ? <LaneNames lines={count} /> : null}
      {answer === undefined ? <p className={css['empty']}>{empty}</p> : null}
      <div
        className={css['lines']}
        role="listbox"
        aria-label={label}
        aria-activedescendant={active === undefined ? undefined : `${id}-${String(active)}`}
        aria-busy={isBusy(answer)}
        tabIndex={0}
        onKeyDown={onKey}
        onPointerLeave={() => { onActive(undefined); }}
        onClick={({ target }) => { pickAt(target, onPick); }}
      >
        <div ref={box} role="presentation">
          {lines.map((word) => (
            <span key={word[0]?.index} role="presentation" className={css['word']}>
              {word.map((token) => (
                <Token
                  key={token.index}
                  id={`${id}-${String(token.index)}`}
                  token={token}
                  {...pick(tokens?.[token.index]?.routing)}
                  active={token.index === active}
                  onActive={onActive}
                />
              ))}
              {word.at(-1)?.lineBreak === true ? <br /> : null}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** A click between words picks none. A finger points and picks at once: the word is read from where it landed. */
function pickAt(target: EventTarget, onPick: ((index: number) => void) | undefined): void {
  const token = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  if (token !== null) onPick?.(Number(token.dataset['index']));
}

interface TokenProps {
  readonly id: string;
  readonly token: ScoreToken;
  readonly routing?: TokenRouting;
  readonly active: boolean;
  readonly onActive: (index: number) => void;
}

const Token = memo(function Token({ id, token, routing, active, onActive }: TokenProps): ReactNode {
  const shares = routing === undefined ? [] : lastLayer(routing);
  return (
    <span
      id={id}
      role="option"
      aria-selected={active}
      aria-label={routing === undefined ? token.text : spoken(token.text, shares)}
      className={css['token']}
      data-index={token.index}
      data-space={token.space}
      onPointerEnter={() => { onActive(token.index); }}
    >
      {token.text}
      {shares.map(({ expert, share }) => (share > 0 ? (
        <span key={expert} className={css['bar']} data-expert={expert} style={{ '--share': share } as React.CSSProperties} />
      ) : null))}
    </span>
  );
}, (before, after) => before.active === after.active && before.routing === after.routing && sameToken(before.token, after.token));

function sameToken(a: ScoreToken, b: ScoreToken): boolean {
  return a.index === b.index && a.text === b.text && a.space === b.space;
}

/** No word will come any more. */
function isEnded(answer: Answer | undefined): boolean {
  return answer !== undefined && !isBusy(answer);
}

function LaneNames({ lines }: { readonly lines: number }): ReactNode {
  return (
    <div className={css['names']} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line}>{EXPERTS.map((expert) => <span key={expert} data-expert={expert}>{strings.tiles[expert]}</span>)}</div>
      ))}
    </div>
  );
}

function pick(routing: TokenRouting | undefined): { routing?: TokenRouting } {
  return routing === undefined ? {} : { routing };
}

function move(key: string, at: number, length: number): number | undefined {
  if (length === 0) return undefined;
  switch (key) {
    case 'ArrowRight': return Math.min(length - 1, at + 1);
    case 'ArrowLeft': return Math.max(0, at - 1);
    case 'Home': return 0;
    case 'End': return length - 1;
    default: return undefined;
  }
}
