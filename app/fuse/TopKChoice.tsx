import type { ReactNode } from 'react';
import { EXPERTS } from '../../src/engine/protocol';
import { Segments } from '../shell/Segments';
import { strings } from '../strings';
import css from './TopKChoice.module.css';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly onChange: (topK: number) => void;
}

/** Experts per token, and what a single one means for the router. */
export function TopKChoice({ label, value, onChange }: Props): ReactNode {
  return (
    <div className={css['choice']}>
      <Segments label={label} value={value} options={EXPERTS.map((_, i) => ({ value: i + 1, name: String(i + 1) }))} onChange={onChange} />
      {value === 1 ? <p className={css['warning']}>{strings.recipe.topKOne}</p> : null}
    </div>
  );
}
