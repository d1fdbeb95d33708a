import type { ReactNode } from 'react';
import css from './controls.module.css';

interface Props {
  readonly name: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  readonly large?: boolean;
  readonly children: ReactNode;
}

/** An icon with a name, for ear and pointer. */
export function IconButton({ name, onPress, disabled = false, large = false, children }: Props): ReactNode {
  return (
    <button
      type="button"
      className={large ? `${css['icon'] ?? ''} ${css['large'] ?? ''}` : css['icon']}
      aria-label={name}
      title={name}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
