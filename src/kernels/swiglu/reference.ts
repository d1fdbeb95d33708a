import { at } from '../float64';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Float64 reference: out = silu(gate)·up, silu(x) = x·σ(x); all (N,F). */
export function swigluForward(gate: Float64Array, up: Float64Array): Float64Array {
  return gate.map((x, i) => x * sigmoid(x) * at(up, i));
}

/** dgate = dout·up·σ(g)·(1 + g·(1 − σ(g))),  dup = dout·silu(g). */
export function swigluBackward(dout: Float64Array, gate: Float64Array, up: Float64Array) {
  return {
    dgate: gate.map((x, i) => at(dout, i) * at(up, i) * sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
    dup: gate.map((x, i) => at(dout, i) * x * sigmoid(x)),
  };
}
