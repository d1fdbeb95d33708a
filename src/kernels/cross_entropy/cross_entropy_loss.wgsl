// cross_entropy_loss: evaluation. One workgroup takes one row; its threads stride over the vocabulary.
//   loss_n = ln Σ_v exp(logits_nv − peak_n) + (peak_n − logits_{n, targets_n}),   peak_n = max_v logits_nv
// Rows at or beyond offsets_1 have loss 0, so that a sum over all R rows is right.
struct Params { R: u32, V: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;     // (2): 0, count
@group(0) @binding(2) var<storage, read> targets: array<u32>;     // (R)
@group(0) @binding(3) var<storage, read> logits: array<f32>;      // (R, V)
@group(0) @binding(4) var<storage, read_write> loss: array<f32>;  // (R)

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
  // ln Σ is never added to the peak alone: beside a peak of 1e4 it would lose four digits.
  if (lane == 0) { loss[n] = log(partial[0]) + (peak - logits[row + targets[n]]); }
}
