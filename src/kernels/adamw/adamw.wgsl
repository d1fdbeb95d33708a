// adamw: one workgroup takes a run of WG · RUN elements of one segment; each thread takes every WG-th of them.
//   g = scale · grad;   m += (1 − β₁)(g − m);   v += (1 − β₂)(g² − v)
//   weight −= η · (weightDecay · weight + m̂ / (sqrt(v̂) + eps)),   m̂ = m / (1 − β₁ᵗ),   v̂ = v / (1 − β₂ᵗ),   η = rate₀ · rateScale
// t, scale and finite come from gradient_norm's state: where finite is 0, nothing changes.
struct Params {
  start: u32, count: u32, rateScale: f32, weightDecay: f32, eps: f32,
  rest1: f32,  // 1 − β₁, rounded once: 1 − f32(0.999) would be wrong by 1e-5
  rest2: f32,  // 1 − β₂
  log1: f32,   // ln β₁
  log2: f32,   // ln β₂
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> state: array<f32>;         // (4): norm, scale, finite, appliedSteps
@group(0) @binding(2) var<storage, read> rate: array<f32>;          // (1)
@group(0) @binding(3) var<storage, read> grad: array<f32>;          // (n)
@group(0) @binding(4) var<storage, read_write> m: array<f32>;       // (n)
@group(0) @binding(5) var<storage, read_write> v: array<f32>;       // (n)
@group(0) @binding(6) var<storage, read_write> weight: array<f32>;  // (n)

override WG: u32 = 64;
const RUN: u32 = 8u;

// 1 − exp(−x) for x ≥ 0. For small x by its series (eight terms: 1e-8 at x = 0.5), because 1 − exp(−0.001) keeps four digits.
fn oneMinusExp(x: f32) -> f32 {
  if (x > 0.5) { return 1.0 - exp(-x); }
  let tail = 1.0 - x / 5.0 * (1.0 - x / 6.0 * (1.0 - x / 7.0 * (1.0 - x / 8.0)));
  return x * (1.0 - x / 2.0 * (1.0 - x / 3.0 * (1.0 - x / 4.0 * tail)));
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  if (state[2] != 1.0) { return; }
  let first = (wid.x + wid.y * num.x) * WG * RUN;
  if (first >= params.count) { return; }
  let end = params.start + min(first + WG * RUN, params.count);
  let scale = state[1];
  let correction1 = 1.0 / oneMinusExp(-params.log1 * state[3]);
  let correction2 = 1.0 / oneMinusExp(-params.log2 * state[3]);
  let eta = rate[0] * params.rateScale;
  for (var i = params.start + first + lane; i < end; i += WG) {
    let g = scale * grad[i];
    let mi = m[i] + params.rest1 * (g - m[i]);
    let vi = v[i] + params.rest2 * (g * g - v[i]);
    m[i] = mi;
    v[i] = vi;
    let direction = mi * correction1 / (sqrt(vi * correction2) + params.eps);
    weight[i] -= eta * (params.weightDecay * weight[i] + direction);
  }
}
