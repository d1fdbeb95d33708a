const TERMINAL_MS = 100;
const LOG_MS = 2000;

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Progress with ETA on stderr: one line rewritten on a terminal; elsewhere a line now and then, ever more seldom. */
export class Progress {
  private readonly started = performance.now();
  private shownAt = -Infinity;
  private drawn = false;

  constructor(
    private readonly label: string,
    private readonly stream: Output = process.stderr,
  ) {}

  show(done: number, total: number, note = ''): void {
    const now = performance.now();
    const elapsed = now - this.started;
    const terminal = this.stream.isTTY === true;
    const pause = terminal ? TERMINAL_MS : Math.max(LOG_MS, elapsed / 20);
    if (done < total && now - this.shownAt < pause) return;
    this.shownAt = now;
    const time = done >= total ? `, ${duration(elapsed)}` : done === 0 ? '' : `, ${duration((elapsed / done) * (total - done))} left`;
    const line = `${this.label} ${done}/${total}${time}${note === '' ? '' : ` · ${note}`}`;
    this.stream.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
    this.drawn = terminal;
  }

  /** Ends the line on a terminal. */
  end(): void {
    if (this.drawn) this.stream.write('\n');
    this.drawn = false;
  }
}

export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
