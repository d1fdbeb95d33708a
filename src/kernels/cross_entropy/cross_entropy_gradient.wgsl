// cross_entropy_gradient: training. One workgroup takes one row; its threads stride over the vocabulary.
//   loss_n   = ln Σ_v exp(logits_nv − peak_n) + (peak_n − logits_{n, targets_n}),   peak_n = max_v logits_nv
//   logits_nv ← scale · (softmax_v(logits_n) − [v = targets_n])
// The gradient replaces the logits: at a vocabulary of 128 k a second (R, V) tensor would be the largest of all.
// Rows at or beyond offsets_1 have loss 0, so that a sum over all R rows is right; their logits are not touched.
struct Params { R: u32, V: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;       // (2): 0, count
@group(0) @binding(2) var<storage, read> targets: array<u32>;       // (R)
@group(0) @binding(3) var<storage, read_write> logits: array<f32>;  // (R, V), the gradient afterwards
@group(0) @binding(4) var<storage, read_write> loss: array<f32>;    // (R)

override WG: u32 = 64;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = wid.x + wid.y * num.x;
  if (n >= params.R) { return; }
  if (n >= offsets[1]) {
    if (lane == 0) { loss[n] = 0.0; }
    return;
  }
  let row = n * params.V;
  var peak = -3.4e38;
  for (var v = lane; v < params.V; v += WG) { peak = max(peak, logits[row + v]); }
  partial[lane] = peak;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] = max(partial[lane], partial[lane + half]); }
    workgroupBarrier();
  }
  peak = partial[0];
  workgroupBarrier();
  // Subtract the row's maximum: exp overflows f32 above 88.
  var sum = 0.0;
  for (var v = lane; v < params.V; v += WG) { sum += exp(logits[row + v] - peak); }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  sum = partial[0];
  let goal = targets[n];
  // The thread that is to overwrite the goal's logit reads it first, so no other thread can be ahead of it.
  if (lane == goal % WG) { loss[n] = log(sum) + (peak - logits[row + goal]); }
  let share = params.scale / sum;
  for (var v = lane; v < params.V; v += WG) {
    let onehot = select(0.0, params.scale, v == goal);
    logits[row + v] = exp(logits[row + v] - peak) * share - onehot;
  }
}
