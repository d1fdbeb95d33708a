// gate_loss: one thread takes one sequence.
//   pbar_be = mean over the layers of seqProb_lbe
//   nll:        gate_b = −ln pbar_by,             dpbar_be = −[e = y] / pbar_by,   y = labels_b
//   paper code: gate_b = −ln softmax(pbar_b)_y,   dpbar_be = softmax(pbar_b)_e − [e = y]
// A sequence without tokens (pbar all 0) or without a label (y >= E) contributes nothing: gate and dpbar 0.
struct Params { L: u32, B: u32, paperCode: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> seqProb: array<f32>;      // (L, B, E)
@group(0) @binding(2) var<storage, read> labels: array<u32>;       // (B)
@group(0) @binding(3) var<storage, read_write> pbar: array<f32>;   // (B, E)
@group(0) @binding(4) var<storage, read_write> gate: array<f32>;   // (B)
@group(0) @binding(5) var<storage, read_write> dpbar: array<f32>;  // (B, E)

const E: u32 = 3u;
// Keeps ln and the division finite where the expert's probability has underflowed.
const LEAST = 1e-30;
override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(global_invocation_id) gid: vec3u) {
  let b = gid.x;
  if (b >= params.B) { return; }
  let y = labels[b];
  var mean: array<f32, E>;
  var total = 0.0;
  for (var e = 0u; e < E; e++) {
    for (var l = 0u; l < params.L; l++) { mean[e] += seqProb[(l * params.B + b) * E + e]; }
    mean[e] /= f32(params.L);
    total += mean[e];
    pbar[b * E + e] = mean[e];
    dpbar[b * E + e] = 0.0;
  }
  gate[b] = 0.0;
  if (y >= E || total == 0.0) { return; }
  if (params.paperCode == 0) {
    let p = max(mean[y], LEAST);
    gate[b] = -log(p);
    dpbar[b * E + y] = -1.0 / p;
    return;
  }
  var sum = 0.0;
  for (var e = 0u; e < E; e++) { sum += exp(mean[e]); }
  gate[b] = log(sum) - mean[y];
  for (var e = 0u; e < E; e++) { dpbar[b * E + e] = exp(mean[e]) / sum - select(0.0, 1.0, e == y); }
}
