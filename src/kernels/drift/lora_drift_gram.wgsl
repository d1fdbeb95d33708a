// lora_drift_gram: one workgroup takes one pair of an adapter's rank directions; its threads stride over their M elements.
//   gram_ejk = Σ_m X_ejm · X_ekm
// X is loraA (E, r, I): directionStride I, elementStride 1, M = I; or the columns of loraB (E, O, r): 1, r, M = O.
struct Params { SIZE: u32, rank: u32, M: u32, directionStride: u32, elementStride: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> adapter: array<f32>;     // (E, r, M) by strides
@group(0) @binding(2) var<storage, read_write> gram: array<f32>;  // (E, r, r), SIZE = E · r · r

override WG: u32 = 32;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = wid.x + wid.y * num.x;
  if (i >= params.SIZE) { return; }
  let r = params.rank;
  let expert = i / (r * r) * r * params.M;
  let j = expert + i / r % r * params.directionStride;
  let k = expert + i % r * params.directionStride;
  var sum = 0.0;
  for (var m = lane; m < params.M; m += WG) {
    sum += adapter[j + m * params.elementStride] * adapter[k + m * params.elementStride];
  }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) { gram[i] = partial[0]; }
}
