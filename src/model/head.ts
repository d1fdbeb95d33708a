import { view, type Tensor } from '../gpu/tensor';
import { crossEntropy } from '../kernels/cross_entropy/cross_entropy';
import { gatherRows } from '../kernels/gather_rows/gather_rows';
import { linear } from '../kernels/linear/linear';
import type { Op } from '../kernels/op';
import { rmsnorm } from '../kernels/rmsnorm/rmsnorm';
import { given, type BuildContext } from './context';

/** 32 MiB of logits at a time bound the memory of large vocabularies. */
const LOGITS_PER_CHUNK = 8 * 1024 * 1024;
const ROW_ALIGNMENT = 64;

/** The rows that carry a target, and the targets. */
export interface TargetInputs {
  readonly rows: Tensor; // (rows) u32, row numbers n = b·T + t
  readonly targets: Tensor; // (rows) u32
  readonly loss: Tensor; // (rows), nats; 0 beyond the count
}

export interface Head {
  readonly ops: readonly Op[];
  /** Says how many of the row slots are filled. */
  setCount(count: number): void;
}

export interface LogitsHead extends Head {
  readonly logits: Tensor; // (rows, V)
}

export interface LossHead extends Head, TargetInputs {
  /** The weight of one token's loss in the gradient: 1 / target tokens of the step. */
  setScale(scale: number): void;
}

interface Compact {
  readonly before: readonly Op[];
  readonly compact: Tensor; // (rows, C)
  readonly dcompact?: Tensor;
  readonly dnormed?: Tensor;
  readonly rowNumbers: Tensor;
  readonly count: Tensor; // (2) u32
}

/** Final norm over all rows, then only the rows that are asked for. */
function compactRows(c: BuildContext, x: Tensor, dstream: Tensor | undefined): Compact {
  const { scope, workspace, store, config: { width: C, normEps: eps }, dims: { B, T, rows } } = c;
  const N = B * T;
  const norm = store.get('final_norm');
  const normed = workspace.tensor('final normed', [N, C]);
  const compact = workspace.tensor('target rows', [rows, C]);
  const dnormed = dstream && workspace.tensor('d final normed', [N, C]);
  const dcompact = dstream && workspace.tensor('d target rows', [rows, C]);
  const rowNumbers = workspace.tensor('row numbers', [rows]);
  const count = workspace.tensor('row count', [2]);
  const before = [
    rmsnorm(scope, { inp: x, weight: norm.weight, out: normed, rstd: workspace.tensor('final rstd', [N]), ...given({ dout: dnormed, dinp: dstream, dweight: dstream && norm.grad }) }, { N, C, eps }),
    gatherRows(scope, { inp: normed, rows: rowNumbers, offsets: count, out: compact, ...given({ dout: dcompact, dinp: dnormed }) }, { R: rows, C }),
  ];
  return { before, compact, rowNumbers, count, ...given({ dcompact, dnormed }) };
}

/** Logits of chosen rows, for generation. */
export function logitsHead(c: BuildContext, x: Tensor): LogitsHead & { readonly rows: Tensor } {
  const { config: { vocab: V, width: C, tied }, dims: { rows } } = c;
  const { before, compact, rowNumbers, count } = compactRows(c, x, undefined);
  const logits = c.workspace.tensor('logits', [rows, V]);
  const { weight } = c.store.get(tied ? 'embedding' : 'head');
  const project = linear(c.scope, { inp: compact, weight, out: logits, offsets: count }, { R: rows, G: 1, I: C, O: V }, { accumulateDinp: false });
  return { ops: [...before, project], logits, rows: rowNumbers, setCount: (filled) => { c.scope.gpu.write(count, Uint32Array.of(0, filled)); } };
}

/**
 * Mean cross-entropy of the target rows. The head is computed in chunks of rows, loss and gradient together, so that
 * only one chunk of logits exists at a time: its backward runs inside forward.
 */
export function lossHead(c: BuildContext, x: Tensor, dstream: Tensor | undefined): LossHead {
  const { scope, workspace, config: { vocab: V, width: C, tied }, dims: { rows } } = c;
  const { before, compact, dcompact, dnormed, rowNumbers, count } = compactRows(c, x, dstream);
  const { weight, grad: dweight } = c.store.get(tied ? 'embedding' : 'head');
  const targets = workspace.tensor('targets', [rows]);
  const loss = workspace.tensor('token loss', [rows]);
  const size = Math.min(rows, Math.max(ROW_ALIGNMENT, Math.floor(LOGITS_PER_CHUNK / V / ROW_ALIGNMENT) * ROW_ALIGNMENT));
  const logits = workspace.tensor('logits', [size, V]);
  const counts: { tensor: Tensor; start: number; R: number }[] = [];
  const chunks: { project: Op; entropy: ReturnType<typeof crossEntropy> }[] = [];
  for (let start = 0; start < rows; start += size) {
    const R = Math.min(size, rows - start);
    const part = (tensor: Tensor, width: number): Tensor => view(tensor, `${tensor.label} ${start}`, start * width, width === 1 ? [R] : [R, width]);
    const offsets = workspace.tensor(`row count ${start}`, [2]);
    const filled = { ...logits, shape: [R, V], bytes: R * V * 4 };
    counts.push({ tensor: offsets, start, R });
    chunks.push({
      project: linear(scope, {
        inp: part(compact, C), weight, out: filled, offsets,
        ...(dcompact ? { dout: filled, dinp: part(dcompact, C), ...given({ dweight }) } : {}),
      }, { R, G: 1, I: C, O: V }, { accumulateDinp: false }),
      entropy: crossEntropy(scope, { logits: filled, targets: part(targets, 1), offsets, loss: part(loss, 1), ...(dstream ? { dlogits: filled } : {}) }, { R, V }),
    });
  }
  const head: Op = {
    name: 'head',
    forward: (r) => {
      for (const { project, entropy } of chunks) {
        project.forward(r);
        entropy.forward(r);
        if (dstream) project.backward(r);
      }
    },
    backward: () => undefined,
  };
  const clear: Op = { name: 'clear', forward: () => undefined, backward: (r) => { if (dnormed) r.clear(dnormed); } };
  return {
    // Backward in reverse: clear, then the gathered rows are added, then the norm passes them to the stream.
    ops: [...before, head, clear], rows: rowNumbers, targets, loss,
    setCount: (filled) => {
      scope.gpu.write(count, Uint32Array.of(0, filled));
      for (const { tensor, start, R } of counts) scope.gpu.write(tensor, Uint32Array.of(0, Math.min(Math.max(filled - start, 0), R)));
    },
    setScale: (scale) => { for (const { entropy } of chunks) entropy.setScale(scale); },
  };
}

