// gradient_norm_partial: each workgroup takes one stretch of the gradient, reads it twice and leaves two numbers.
//   peaks_w = max_i |grad_i|, as bits;   sums_w = Σ_i (grad_i / peak_w)²
// Divided by their largest, squares neither overflow (gradients above 1.8e19) nor vanish (below 1e-19).
// Bits without their sign order like magnitudes, with infinity and NaN above every number: no float comparison sees a NaN,
// which WGSL lets an adapter assume away.
struct Params { n: u32, stretch: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grad: array<f32>;         // (n)
@group(0) @binding(2) var<storage, read_write> peaks: array<u32>;  // (workgroups) f32 bits
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;   // (workgroups)

override WG: u32 = 64;
var<workgroup> highest: array<u32, WG>;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first = wid.x * params.stretch;
  let end = min(first + params.stretch, params.n);
  var peak = 0u;
  for (var i = first + lane; i < end; i += WG) { peak = max(peak, bitcast<u32>(grad[i]) & 0x7fffffffu); }
  highest[lane] = peak;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { highest[lane] = max(highest[lane], highest[lane + half]); }
    workgroupBarrier();
  }
  peak = highest[0];
  var sum = 0.0;
  // Below 2^-120 there is nothing to sum; from 0x7f800000 on it is no number. A quarter of each, because 1 / 3e38 is
  // below the least normal number, which an adapter may take for 0.
  if (peak >= 0x03800000u && peak < 0x7f800000u) {
    let inverse = 1.0 / (0.25 * bitcast<f32>(peak));
    for (var i = first + lane; i < end; i += WG) {
      let ratio = 0.25 * grad[i] * inverse;
      sum += ratio * ratio;
    }
  }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) {
    peaks[wid.x] = peak;
    sums[wid.x] = partial[0];
  }
}
