// lora_drift_backward: one thread takes one element X_ejm of an adapter.
//   dX_ejm += 2 · gamma_e · scale² · Σ_k gram_ejk · X_ekm
// For loraA the gram is Bᵀ·B, for loraB it is A·Aᵀ; the strides are those of lora_drift_gram.
struct Params {
  E: u32, rank: u32, M: u32, directionStride: u32, elementStride: u32, scale: f32,
  gamma0: f32, gamma1: f32, gamma2: f32, gamma3: f32, gamma4: f32, gamma5: f32, gamma6: f32, gamma7: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> adapter: array<f32>;         // (E, r, M) by strides
@group(0) @binding(2) var<storage, read> gram: array<f32>;            // (E, r, r), of the other adapter
@group(0) @binding(3) var<storage, read_write> dadapter: array<f32>;  // like adapter

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  let r = params.rank;
  let size = r * params.M;
  if (i >= params.E * size) { return; }
  var gammas = array<f32, 8>(
    params.gamma0, params.gamma1, params.gamma2, params.gamma3, params.gamma4, params.gamma5, params.gamma6, params.gamma7,
  );
  let e = i / size;
  let gamma = gammas[e];
  if (gamma == 0.0) { return; }
  let j = i % size / params.directionStride % r;
  let m = i % size / params.elementStride % params.M;
  var sum = 0.0;
  for (var k = 0u; k < r; k++) {
    sum += gram[(e * r + j) * r + k] * adapter[e * size + k * params.directionStride + m * params.elementStride];
  }
  dadapter[i] += 2.0 * gamma * params.scale * params.scale * sum;
}
