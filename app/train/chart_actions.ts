import type { StepWindow } from '../charts/step_window';
import type { ChartView } from '../store/chart_view';
import { useStudio } from '../store/studio';

export function setChart(change: Partial<ChartView>): void {
  useStudio.setState(({ chart }) => ({ chart: { ...chart, ...change } }));
}

/** Undefined shows all steps. */
export function setZoom(zoom: StepWindow | undefined): void {
  setChart({ zoom });
}
