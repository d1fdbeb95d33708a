// gather_rows_backward_inp: one thread returns one element, as in forward. The rows differ, so no two threads meet.
//   dinp_{rows_i, c} += dout_ic
struct Params { R: u32, C: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;     // (2): 0, count
@group(0) @binding(2) var<storage, read> rows: array<u32>;        // (R)
@group(0) @binding(3) var<storage, read> dout: array<f32>;        // (R, C)
@group(0) @binding(4) var<storage, read_write> dinp: array<f32>;  // (N, C)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = (wid.x + wid.y * num.x) * WG + lane;
  if (at >= min(offsets[1], params.R) * params.C) { return; }
  let i = at / params.C;
  dinp[rows[i] * params.C + at - i * params.C] += dout[at];
}
