// append: one thread copies one element of one row.
//   out[b·Tcap + pos + t] = inp[b·T + t]; where ragged is 1, pos is positions_b
struct Params { B: u32, T: u32, Tcap: u32, W: u32, pos: u32, ragged: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (B·T, W)
@group(0) @binding(2) var<storage, read> positions: array<u32>;  // (B), read where ragged is 1
@group(0) @binding(3) var<storage, read_write> out: array<f32>;  // (B·Tcap, W)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let index = (wid.x + wid.y * num.x) * WG + lane;
  let n = index / params.W;
  if (n >= params.B * params.T) { return; }
  let b = n / params.T;
  var pos = params.pos;
  if (params.ragged != 0) { pos = positions[b]; }
  let row = b * params.Tcap + pos + n % params.T;
  out[row * params.W + index % params.W] = inp[index];
}
