import type { ReactNode } from 'react';
import { type Absence, useStudio } from '../store/studio';
import { strings } from '../strings';
import { CopyDiagnostics } from './CopyDiagnostics';
import css from './Notice.module.css';

const TEXTS = { 'no-webgpu': 'noWebGpu', insecure: 'insecure', 'no-adapter': 'noAdapter' } as const satisfies Record<Absence, string>;

/** A plain panel: this is a fact about the machine, not a fault. */
export function NoGpuNotice(): ReactNode {
  const absence = useStudio((state) => state.absence);
  const error = useStudio(({ errors }) => errors.open);
  if (absence === undefined) return null;
  const text = strings.notice[TEXTS[absence]];
  return (
    <section className={css['plain']} role="alert">
      <h2>{text.title}</h2>
      <p>{text.why}</p>
      <p className={css['next']}>{text.next}</p>
      <div className={css['actions']}><CopyDiagnostics error={error} /></div>
    </section>
  );
}
