// rope_backward: one thread turns one pair of one row back; a rotation's transpose is the turn by the opposite angle.
//   dinp_i = g_i·cos + g_{i+D/2}·sin,   dinp_{i+D/2} = g_{i+D/2}·cos − g_i·sin,   g = dout row b·Tcap + t, angle at position t
struct Params { B: u32, T: u32, Tcap: u32, heads: u32, D: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<f32>;        // (B·Tcap, heads·D)
@group(0) @binding(2) var<storage, read> table: array<f32>;       // (positions, D): D/2 cosines, then D/2 sines
@group(0) @binding(3) var<storage, read_write> dinp: array<f32>;  // (B·T, heads·D)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let half = params.D / 2;
  let pairs = params.heads * half;
  let index = (wid.x + wid.y * num.x) * WG + lane;
  let n = index / pairs;
  if (n >= params.B * params.T) { return; }
  let pair = index % pairs;
  let i = pair % half;
  let channel = pair / half * params.D + i;
  let b = n / params.T;
  let t = n % params.T;
  let from_row = (b * params.Tcap + t) * params.heads * params.D + channel;
  let to_row = n * params.heads * params.D + channel;
  let cosine = table[t * params.D + i];
  let sine = table[t * params.D + half + i];
  let x = dout[from_row];
  let y = dout[from_row + half];
  dinp[to_row] = x * cosine + y * sine;
  dinp[to_row + half] = y * cosine - x * sine;
}
