import { useState, type ReactNode } from 'react';
import type { EngineError } from '../../src/engine/protocol';
import { strings } from '../strings';
import { diagnostics } from './diagnostics';
import css from './controls.module.css';

/** Copies; where the browser refuses, the text appears to be copied by hand. */
export function CopyDiagnostics({ error }: { readonly error: EngineError | undefined }): ReactNode {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const { notice } = strings;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(diagnostics(error));
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <>
      <button type="button" className={css['outlined']} onClick={() => { void copy(); }}>
        {state === 'copied' ? notice.copied : notice.copy}
      </button>
      {state === 'refused' ? (
        <label>
          {notice.copyFailed}
          <textarea readOnly rows={6} value={diagnostics(error)} />
        </label>
      ) : null}
    </>
  );
}
