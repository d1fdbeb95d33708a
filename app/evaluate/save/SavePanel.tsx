import { useState, type ReactNode } from 'react';
import { fixed } from '../../format';
import controls from '../../shell/controls.module.css';
import { ErrorNotice } from '../../shell/ErrorNotice';
import { Panel } from '../../shell/Panel';
import { FILES, isReportable, saveModel, saveReport, saveRun } from '../../store/saving';
import { isFused, useStudio } from '../../store/studio';
import { strings } from '../../strings';
import css from './Save.module.css';

/** The fused model as files, the run's numbers, and a report of everything. */
export function SavePanel(): ReactNode {
  const texts = strings.save;
  const fused = useStudio(isFused);
  const ready = useStudio(({ engine }) => engine === 'ready');
  const reportable = useStudio(isReportable);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (name: string, work: () => Promise<number | undefined>): Promise<void> => {
    setBusy(true);
    setSaid(name === FILES.model ? texts.working : '');
    const bytes = await work();
    setSaid(bytes === undefined ? '' : bytes < 1e5 ? texts.savedPlain(name) : texts.saved(name, fixed(bytes / 1e6, 1)));
    setBusy(false);
  };
  const small = `${controls['outlined'] ?? ''} ${controls['small'] ?? ''}`;
  return (
    <Panel title={texts.title} note={texts.note}>
      <div className={css['things']}>
        <div>
          <button type="button" className={small} disabled={busy || !fused || !ready} onClick={() => { void save(FILES.model, saveModel); }}>{texts.model}</button>
          {fused ? (
            <>
              <p>{texts.modelAbout} {texts.commandAbout}</p>
              <pre><code>{texts.unpack}{'\n'}{texts.command}</code></pre>
            </>
          ) : <p>{texts.noModel} {texts.modelAbout}</p>}
        </div>
        <div>
          <button type="button" className={small} disabled={busy || !reportable} onClick={() => { void save(FILES.report, saveReport); }}>{texts.report}</button>
          <p>{reportable ? null : <>{texts.nothing} </>}{texts.reportAbout}</p>
        </div>
        <div>
          <button type="button" className={small} disabled={busy || !fused} onClick={() => { void save(FILES.run, saveRun); }}>{texts.run}</button>
          <p>{texts.runAbout}</p>
        </div>
      </div>
      <p role="status" className={css['said']}>{said}</p>
      <ErrorNotice place="save" />
    </Panel>
  );
}
