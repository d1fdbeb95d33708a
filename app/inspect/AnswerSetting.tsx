import { useId, useState, type ReactNode } from 'react';
import { setting } from '../format';
import type { AnswerSettings } from '../store/answer';
import { ANSWER_RANGES, useStudio } from '../store/studio';
import { strings } from '../strings';
import css from './InspectView.module.css';

/** A number that is out of range is said to be, and leaves the setting as it was. */
export function AnswerSetting({ field }: { readonly field: keyof AnswerSettings }): ReactNode {
  const { min, max, step } = ANSWER_RANGES[field];
  const value = useStudio(({ answerSettings }) => answerSettings[field]);
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const invalid = draft !== undefined && !isValid(field, draft);
  return (
    <label>
      {strings.watch[field]}
      <input
        type="number" min={min} max={max} step={step} value={draft ?? String(value)} aria-invalid={invalid} aria-describedby={invalid ? id : undefined}
        onChange={({ target }) => {
          setDraft(target.value);
          if (isValid(field, target.value)) useStudio.setState(({ answerSettings }) => ({ answerSettings: { ...answerSettings, [field]: Number(target.value) } }));
        }}
        onBlur={() => { if (!invalid) setDraft(undefined); }}
      />
      {invalid ? <span id={id} className={css['range']}>{strings.recipe.outOfRange(setting(min), setting(max))}</span> : null}
    </label>
  );
}

function isValid(field: keyof AnswerSettings, text: string): boolean {
  const { min, max, step } = ANSWER_RANGES[field];
  const number = text.trim() === '' ? NaN : Number(text);
  return number >= min && number <= max && (step !== 1 || Number.isInteger(number));
}
