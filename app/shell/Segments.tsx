import { useId, type ReactNode } from 'react';
import css from './Segments.module.css';

interface Props<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly name: string; readonly disabled?: boolean }[];
  readonly onChange: (value: Value) => void;
  /** The label is for the ear only. */
  readonly bare?: boolean;
}

/** One of a few: radio buttons side by side. */
export function Segments<Value extends string | number>({ label, value, options, onChange, bare = false }: Props<Value>): ReactNode {
  const name = useId();
  return (
    <fieldset className={css['field']}>
      <legend className={bare ? 'visually-hidden' : css['label']}>{label}</legend>
      <div className={css['segments']}>
        {options.map((option) => (
          <label key={option.value} className={css['segment']}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.disabled === true}
              onChange={() => { onChange(option.value); }}
            />
            <span>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
