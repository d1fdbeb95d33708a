const INTERVAL_MS = 2000;

/** Progress with ETA on stderr: one line rewritten on a terminal, a line every two seconds elsewhere. */
export class Progress {
  private readonly started = performance.now();
  private shownAt = -Infinity;
  private drawn = false;

  constructor(
    private readonly label: string,
    private readonly stream: { write(text: string): unknown; isTTY?: boolean } = process.stderr,
  ) {}

  show(done: number, total: number, note = ''): void {
    const now = performance.now();
    const terminal = this.stream.isTTY === true;
    if (done < total && now - this.shownAt < (terminal ? 100 : INTERVAL_MS)) return;
    this.shownAt = now;
    const left = done === 0 ? '' : `, ${duration(((now - this.started) / done) * (total - done))} left`;
    const line = `${this.label} ${done}/${total}${done < total ? left : `, ${duration(now - this.started)}`}${note === '' ? '' : ` · ${note}`}`;
    this.stream.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
    this.drawn = terminal;
  }

  end(): void {
    if (this.drawn) this.stream.write('\n');
    this.drawn = false;
  }
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
