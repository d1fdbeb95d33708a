import { useId, useState, type ReactNode } from 'react';
import { inRange, RECIPE_RANGES, type RecipeNumber } from '../../src/engine/recipe';
import { setting } from '../format';
import { editRecipe, markInvalid } from '../store/actions';
import { useStudio } from '../store/studio';
import { strings } from '../strings';
import { SLIDERS, toPosition, toValue } from './slider_scale';
import css from './NumberSetting.module.css';

interface Props {
  readonly field: RecipeNumber;
  readonly symbol?: string;
}

const TRACK = 1000;

/** The number is the control; the track is for coarse moves. */
export function NumberSetting({ field, symbol }: Props): ReactNode {
  const value = useStudio(({ recipe }) => recipe[field]);
  const typed = useStudio((state) => state.invalid.get(field));
  const invalid = typed !== undefined;
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const label = strings.recipe.fields[field];
  const scale = SLIDERS[field];
  const { min, max } = RECIPE_RANGES[field];
  const type = (text: string): void => {
    setDraft(text);
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (inRange(field, number)) editRecipe({ [field]: number });
    else markInvalid(field, text);
  };
  return (
    <div className={css['setting']}>
      <label htmlFor={id}>{symbol === undefined ? null : <i>{symbol} </i>}{label}</label>
      <input
        id={id}
        className={css['number']}
        inputMode="decimal"
        autoComplete="off"
        value={typed ?? draft ?? setting(value)}
        aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-range` : undefined}
        onChange={({ target }) => { type(target.value); }}
        onBlur={() => { setDraft(undefined); }}
      />
      {scale === undefined ? null : (
        <input
          type="range"
          className={css['track']}
          aria-label={label}
          aria-valuetext={setting(value)}
          min={0}
          max={TRACK}
          value={Math.round(TRACK * toPosition(scale, value))}
          style={{ '--way': `${String(100 * toPosition(scale, value))}%` } as React.CSSProperties}
          onChange={({ target }) => {
            setDraft(undefined);
            editRecipe({ [field]: toValue(scale, target.valueAsNumber / TRACK) });
          }}
        />
      )}
      {invalid ? <p id={`${id}-range`} className={css['range']}>{strings.recipe.outOfRange(setting(min), setting(max))}</p> : null}
    </div>
  );
}
