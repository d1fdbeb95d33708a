import { saveFile } from '../shell/save_file';
import { dismiss, engine, errorOf, show } from './connection';
import { isFused, useStudio } from './studio';

export const FILES = { model: 'h3fusion_model.zip', run: 'h3fusion_run.csv', report: 'h3fusion_report.html' } as const;

/** Downloads the fused model as it is now. @returns bytes of the archive; undefined where it failed, which is told */
export async function saveModel(): Promise<number | undefined> {
  return attempt(async () => {
    const saved = await engine()?.saveFused();
    if (saved === undefined) return undefined;
    saveFile(FILES.model, saved.zip, 'application/zip');
    return saved.zip.byteLength;
  });
}

/** Downloads what every step of this tab's run reported. */
export async function saveRun(): Promise<number | undefined> {
  return attempt(async () => {
    const { record } = useStudio.getState();
    if (record === undefined) return undefined;
    const { runCsv } = await import('../train/run_csv');
    return saveText(FILES.run, runCsv(record), 'text/csv');
  });
}

/** Downloads one page with all that was done and measured in this tab. */
export async function saveReport(): Promise<number | undefined> {
  return attempt(async () => {
    const { reportHtml } = await import('../evaluate/report/report');
    const { record, fusedWith, fusedOwn: own, run, runs, marks, evaluation, adapter, cards, book } = useStudio.getState();
    const [base] = cards;
    const ran = record === undefined || fusedWith === undefined ? undefined
      : { recipe: fusedWith, record, status: run, number: runs, marks, context: base?.context ?? Infinity, parameters: base?.parameters ?? NaN, own, fork: book.current?.parent !== undefined };
    return saveText(FILES.report, reportHtml({ date: new Date(), adapter, run: ran, evaluation }), 'text/html');
  });
}

/** There is a run or a measurement of this tab to report. */
export function isReportable(state: Parameters<typeof isFused>[0]): boolean {
  const { results, tried, map } = state.evaluation;
  return isFused(state) || results.length > 0 || tried.length > 0 || map !== undefined;
}

function saveText(name: string, text: string, type: string): number {
  saveFile(name, text, type);
  return new TextEncoder().encode(text).length;
}

async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  dismiss('save');
  try {
    return await work();
  } catch (failure) {
    show('save', errorOf(failure));
    return undefined;
  }
}
