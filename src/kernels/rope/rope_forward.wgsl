// rope_forward: one thread turns one pair (i, i + D/2) of one head of one row; neighbouring threads take neighbouring i.
//   a = x_i, b = x_{i+D/2}:   out_i = a·cos − b·sin,   out_{i+D/2} = b·cos + a·sin,   angle = (pos + t)·theta^(−2i/D)
// Row (b, t) goes to row b·Tcap + start + t of out: straight into a key cache where start = pos.
// Where ragged is 1, sequence b stands at positions_b, and in a cache (Tcap > T) its rows start there.
struct Params { B: u32, T: u32, Tcap: u32, heads: u32, D: u32, pos: u32, start: u32, ragged: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (B·T, heads·D)
@group(0) @binding(2) var<storage, read> table: array<f32>;      // (positions, D): D/2 cosines, then D/2 sines
@group(0) @binding(3) var<storage, read> positions: array<u32>;  // (B), read where ragged is 1
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // (B·Tcap, heads·D)

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
  var pos = params.pos;
  var start = params.start;
  if (params.ragged != 0) {
    pos = positions[b];
    start = select(0u, pos, params.Tcap > params.T);
  }
  let from_row = n * params.heads * params.D + channel;
  let to_row = (b * params.Tcap + start + t) * params.heads * params.D + channel;
  let angle = (pos + t) * params.D + i;
  let cosine = table[angle];
  let sine = table[angle + half];
  let x = inp[from_row];
  let y = inp[from_row + half];
  out[to_row] = x * cosine - y * sine;
  out[to_row + half] = y * cosine + x * sine;
}
