// embedding_forward: one thread copies one element, or four.
//   out_nc = weight_{ids_n, c}
struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> ids: array<u32>;         // (N)
@group(0) @binding(2) var<storage, read> weight: array<Wide>;     // (V, C)
@group(0) @binding(3) var<storage, read_write> out: array<Wide>;  // (N, C)

override WG: u32 = 64;
// 4 elements a thread where C is a multiple of 4.
alias Wide = f32;
const WIDTH: u32 = 1u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  let columns = params.C / WIDTH;
  if (i >= params.N * columns) { return; }
  let n = i / columns;
  out[i] = weight[ids[n] * columns + i - n * columns];
}
