import { useId, type ReactNode } from 'react';
import controls from '../shell/controls.module.css';
import { type ChosenFile, pickedFiles } from './own_folders';
import css from './OwnPanel.module.css';

/** React has no name for it, browsers have. */
const FOLDER = { webkitdirectory: '' };

/** Underlined words that open the browser's own picker: of a folder, or of files. */
export function FilesButton({ words, label, folder = false, multiple = false, accept, disabled, onChoose }: {
  readonly words: string;
  /** For the ear, where the words alone do not say whose. */
  readonly label: string;
  readonly folder?: boolean;
  readonly multiple?: boolean;
  readonly accept?: string;
  readonly disabled: boolean;
  readonly onChoose: (files: readonly ChosenFile[]) => void;
}): ReactNode {
  const id = useId();
  return (
    <span className={css['pick']}>
      <input
        id={id}
        type="file"
        aria-label={label}
        disabled={disabled}
        multiple={multiple || folder}
        {...(accept === undefined ? {} : { accept })}
        {...(folder ? FOLDER : {})}
        onChange={({ target }) => {
          const files = pickedFiles(target.files);
          // The same file may be chosen again once it was mended.
          target.value = '';
          if (files.length > 0) onChoose(files);
        }}
      />
      <label htmlFor={id} className={controls['word']} aria-hidden="true">{words}</label>
    </span>
  );
}
