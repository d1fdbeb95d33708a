import type { ReactNode } from 'react';
import type { EngineError } from '../../src/engine/protocol';
import { dismiss } from '../store/connection';
import { type ErrorPlace, useStudio } from '../store/studio';
import { strings } from '../strings';
import { CopyDiagnostics } from './CopyDiagnostics';
import { SafeStep } from './SafeStep';
import controls from './controls.module.css';
import css from './Notice.module.css';

/** What the page itself may not be able to mend. While the engine stands, a reload would cost what was made: it comes second. */
const NEEDS_RELOAD: ReadonlySet<EngineError['code']> = new Set(['device-lost', 'missing-file', 'unexpected', 'bad-header', 'bad-config', 'bad-tokenizer']);

/** What went wrong at a place of the page. */
export function ErrorNotice({ place }: { readonly place: ErrorPlace }): ReactNode {
  const error = useStudio(({ errors }) => errors[place]);
  const absent = useStudio(({ absence }) => absence !== undefined);
  if (error === undefined || (place === 'open' && absent)) return null;
  return <ErrorBlock error={error} own={place === 'own'} onDismiss={() => { dismiss(place); }} />;
}

interface ErrorBlockProps {
  readonly error: EngineError;
  readonly onDismiss: () => void;
  /** It is about a file that was chosen: to reload mends nothing. */
  readonly own?: boolean;
}

/** An inverse block: what, why, next step, diagnostics. The figure beside it keeps its last good data. */
export function ErrorBlock({ error, onDismiss, own = false }: ErrorBlockProps): ReactNode {
  const { notice } = strings;
  const ready = useStudio(({ engine }) => engine === 'ready');
  const reload = !own && NEEDS_RELOAD.has(error.code);
  return (
    <section className={css['error']} role="alert">
      <h3>{title(error)}</h3>
      <p>{error.message}</p>
      {error.detail.fix === undefined && !own ? <p>{notice.next[error.code]}</p> : null}
      <div className={css['actions']}>
        {reload && !ready ? null : <button type="button" className={controls['primary']} onClick={onDismiss}>{notice.dismiss}</button>}
        {error.code === 'not-finite' ? <SafeStep /> : null}
        {reload ? (
          <button type="button" className={controls[ready ? 'word' : 'primary']} onClick={() => { location.reload(); }}>{notice.reload}</button>
        ) : null}
        <CopyDiagnostics error={error} />
      </div>
    </section>
  );
}

function title({ code, detail }: EngineError): string {
  if (code === 'not-finite' && detail.offsetUnit === 'step' && detail.offset !== undefined) {
    return strings.notice.nanAt(String(detail.offset));
  }
  return strings.notice.titles[code];
}
