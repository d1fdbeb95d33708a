// gather_rows_forward: one thread copies one element, or four, of the rows below offsets_1; the others are not touched.
//   out_ic = inp_{rows_i, c}
struct Params { R: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;     // (2): 0, count
@group(0) @binding(2) var<storage, read> rows: array<u32>;        // (R)
@group(0) @binding(3) var<storage, read> inp: array<Wide>;        // (N, C)
@group(0) @binding(4) var<storage, read_write> out: array<Wide>;  // (R, C)

override WG: u32 = 64;
// 4 elements a thread where C is a multiple of 4.
alias Wide = f32;
const WIDTH: u32 = 1u;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (wid.x + wid.y * num.x) * WG + lane;
  let columns = params.C / WIDTH;
  if (at >= min(offsets[1], params.R) * columns) { return; }
  let i = at / columns;
  out[at] = inp[rows[i] * columns + at - i * columns];
}
