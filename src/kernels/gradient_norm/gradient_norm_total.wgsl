// gradient_norm_total: one workgroup joins the stretches and decides about the step.
//   norm = peak · sqrt(Σ_w sums_w · (peaks_w / peak)²),   peak = max_w peaks_w
//   scale = min(1, limit / norm);   finite = 1;   appliedSteps += 1
// Where a gradient or the norm itself is not finite: norm = NaN, scale = 0, finite = 0, and the step does not count.
// Everything is written as bits, so that no float arithmetic meets a NaN.
struct Params { W: u32, limit: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> peaks: array<u32>;        // (W) f32 bits
@group(0) @binding(2) var<storage, read> sums: array<f32>;         // (W)
@group(0) @binding(3) var<storage, read_write> state: array<u32>;  // (4) f32 bits: norm, scale, finite, appliedSteps

override WG: u32 = 64;
var<workgroup> highest: array<u32, WG>;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  var peak = 0u;
  for (var w = lane; w < params.W; w += WG) { peak = max(peak, peaks[w]); }
  highest[lane] = peak;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { highest[lane] = max(highest[lane], highest[lane + half]); }
    workgroupBarrier();
  }
  peak = highest[0];
  var sum = 0.0;
  // As in gradient_norm_partial: 2^-120, and a quarter of each.
  if (peak >= 0x03800000u && peak < 0x7f800000u) {
    let inverse = 1.0 / (0.25 * bitcast<f32>(peak));
    for (var w = lane; w < params.W; w += WG) {
      let ratio = 0.25 * bitcast<f32>(peaks[w]) * inverse;
      sum += sums[w] * ratio * ratio;
    }
  }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane != 0) { return; }
  var norm = 0.0;
  if (peak < 0x7f800000u) { norm = bitcast<f32>(peak) * sqrt(partial[0]); }
  if (peak >= 0x7f800000u || bitcast<u32>(norm) >= 0x7f800000u) {
    state[0] = 0x7fc00000u;
    state[1] = 0u;
    state[2] = 0u;
    return;
  }
  var scale = 1.0;
  if (params.limit > 0.0 && norm > params.limit) { scale = params.limit / norm; }
  state[0] = bitcast<u32>(norm);
  state[1] = bitcast<u32>(scale);
  state[2] = bitcast<u32>(1.0);
  state[3] = bitcast<u32>(bitcast<f32>(state[3]) + 1.0);
}
