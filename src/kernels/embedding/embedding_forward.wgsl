// embedding_forward: one thread copies one element.
//   out_nc = weight_{ids_n, c}
struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> ids: array<u32>;        // (N)
@group(0) @binding(2) var<storage, read> weight: array<f32>;     // (V, C)
@group(0) @binding(3) var<storage, read_write> out: array<f32>;  // (N, C)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.N * params.C) { return; }
  let n = i / params.C;
  out[i] = weight[ids[n] * params.C + i - n * params.C];
}
