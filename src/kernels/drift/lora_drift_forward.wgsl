// lora_drift_forward: one workgroup takes one expert.
//   value_row,e = scale² · Σ_jk gramA_ejk · gramB_ejk = ‖scale · B_e · A_e‖²     (written)
struct Params { rank: u32, row: u32, scale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> gramA: array<f32>;        // (E, r, r), A·Aᵀ
@group(0) @binding(2) var<storage, read> gramB: array<f32>;        // (E, r, r), Bᵀ·B
@group(0) @binding(3) var<storage, read_write> value: array<f32>;  // (rows, E)

override WG: u32 = 32;
var<workgroup> partial: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let size = params.rank * params.rank;
  var sum = 0.0;
  for (var i = wid.x * size + lane; i < (wid.x + 1) * size; i += WG) { sum += gramA[i] * gramB[i]; }
  partial[lane] = sum;
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) { partial[lane] += partial[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0) { value[params.row * num.x + wid.x] = params.scale * params.scale * partial[0]; }
}
