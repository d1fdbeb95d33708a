// lora_drift_gram: LANES threads take one pair of an adapter's rank directions, striding over their M elements; a workgroup takes
// ROWS pairs.
//   gram_ejk = Σ_m X_ejm · X_ekm
// X is loraA (E, r, I): directionStride I, elementStride 1, M = I; or the columns of loraB (E, O, r): 1, r, M = O.
struct Params { SIZE: u32, rank: u32, M: u32, directionStride: u32, elementStride: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> adapter: array<f32>;     // (E, r, M) by strides
@group(0) @binding(2) var<storage, read_write> gram: array<f32>;  // (E, r, r), SIZE = E · r · r

override LANES: u32 = 32;
override ROWS: u32 = 2;
override WG: u32 = LANES * ROWS;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let i = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  var sum = 0.0;
  if (i < params.SIZE) {
    let r = params.rank;
    let expert = i / (r * r) * r * params.M;
    let j = expert + i / r % r * params.directionStride;
    let k = expert + i % r * params.directionStride;
    for (var m = lane; m < params.M; m += LANES) {
      sum += adapter[j + m * params.elementStride] * adapter[k + m * params.elementStride];
    }
  }
  partial[thread] = sum;
  workgroupBarrier();
  for (var half = LANES / 2; half > 0; half /= 2) {
    if (lane < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  if (lane == 0 && i < params.SIZE) { gram[i] = partial[thread]; }
}
