import { useEffect, type ReactNode } from 'react';
import type { FusionMemory } from '../../src/engine/protocol';
import { megabytes } from '../format';
import { Panel } from '../shell/Panel';
import { estimate, useOwn } from '../store/own';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './MemoryPanel.module.css';

const PARTS = ['weights', 'gradients', 'optimiser', 'activations', 'other'] as const;
/** A slider that is dragged asks once it rests. */
const REST = 200;

/** What the recipe of now would allocate, weighed by the engine before anything is. */
export function MemoryPanel(): ReactNode {
  const { memory: words } = strings.own;
  const memory = useOwn((state) => state.memory);
  useEstimate();
  if (memory === undefined) return null;
  const { largest, limit, total, inUse } = memory;
  const fits = largest.bytes <= limit;
  const parts = PARTS.map((part) => `${words.parts[part]} ${megabytes(memory[part])}`).join(' · ');
  return (
    <div className={css['memory']}>
      <Panel title={fits ? words.fits(megabytes(total)) : words.over} note={words.note(megabytes(inUse))}>
        <Bar memory={memory} label={words.bar(parts)} />
        <p>{parts}</p>
        <p>{fits ? words.largest(megabytes(largest.bytes), megabytes(limit)) : words.overWhy(largest.label, megabytes(largest.bytes), megabytes(limit))}</p>
      </Panel>
    </div>
  );
}

function Bar({ memory, label }: { readonly memory: FusionMemory; readonly label: string }): ReactNode {
  return (
    <div className={css['bar']} role="img" aria-label={label}>
      {PARTS.map((part) => <i key={part} data-part={part} style={{ width: `${String((100 * memory[part]) / memory.total)}%` }} />)}
    </div>
  );
}

/** Asks anew whenever the recipe, the models or the rows change. */
function useEstimate(): void {
  const recipe = useStudio((state) => state.recipe);
  const cards = useStudio((state) => state.cards);
  const ready = useStudio(({ engine, invalid }) => engine === 'ready' && invalid.size === 0);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(() => { void estimate(); }, REST);
    return () => { clearTimeout(timer); };
  }, [recipe, cards, ready]);
}
