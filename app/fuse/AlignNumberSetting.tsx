import { useId, useState, type ReactNode } from 'react';
import { type ALIGN_RANGES, type AlignNumber, inAlignRange } from '../../src/engine/align_recipe';
import type { ExpertId } from '../../src/engine/protocol';
import { setting } from '../format';
import { editAlignment, useOwn } from '../store/own';
import { strings } from '../strings';
import css from './NumberSetting.module.css';

/** One number of an alignment, typed. What is no number in range is kept, marked, and holds the button. */
export function AlignNumberSetting({ expert, field, range: { min, max }, disabled }: {
  readonly expert: ExpertId;
  readonly field: AlignNumber;
  readonly range: (typeof ALIGN_RANGES)[AlignNumber];
  readonly disabled: boolean;
}): ReactNode {
  const { fields, outOfRange } = strings.own.align;
  const value = useOwn(({ alignRecipes }) => alignRecipes[expert][field]);
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const invalid = !inAlignRange(field, value);
  return (
    <div className={css['setting']}>
      <label htmlFor={id}>{fields[field]}</label>
      <input
        id={id}
        className={css['number']}
        inputMode="decimal"
        autoComplete="off"
        disabled={disabled}
        value={draft ?? setting(value)}
        aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-range` : undefined}
        onChange={({ target }) => {
          setDraft(target.value);
          editAlignment(expert, { [field]: target.value.trim() === '' ? Number.NaN : Number(target.value) });
        }}
        onBlur={() => { if (!invalid) setDraft(undefined); }}
      />
      {invalid ? <p id={`${id}-range`} className={css['range']}>{outOfRange(setting(min), setting(max))}</p> : null}
    </div>
  );
}
