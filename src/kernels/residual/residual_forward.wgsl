// residual_forward: one thread adds one element.
//   out_nc = inp_nc + branch_nc
struct Params { size: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (N, C)
@group(0) @binding(2) var<storage, read> branch: array<f32>;     // (N, C)
@group(0) @binding(3) var<storage, read_write> out: array<f32>;  // (N, C)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.size) { return; }
  out[i] = inp[i] + branch[i];
}
