// residual_forward: one thread adds one element, or four.
//   out_nc = inp_nc + branch_nc
struct Params { size: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<Wide>;        // (N, C)
@group(0) @binding(2) var<storage, read> branch: array<Wide>;     // (N, C)
@group(0) @binding(3) var<storage, read_write> out: array<Wide>;  // (N, C)

override WG: u32 = 64;
// 4 elements a thread where size is a multiple of 4.
alias Wide = f32;
const WIDTH: u32 = 1u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.size / WIDTH) { return; }
  out[i] = inp[i] + branch[i];
}
