// attention_backward_key: one thread takes R key rows of one KV head, WG apart, and sums over the query heads of its group and over
// the later queries, in that order; every thread of a workgroup reads the same query.
//   dv_u = Σ_{t ≥ u} p_tu·dout_t;   dk_u = D^-½ · Σ_{t ≥ u} p_tu·(dout_t·v_u − delta_t)·q_t,   p_tu = exp(s_tu − lse_t)
// A row at or beyond its sequence's length gives dk = dv = 0.
struct Params { B: u32, T: u32, Tcap: u32, H: u32, KV: u32, scale: f32 }

const WIDTH: u32 = 4u;  // floats in a Lane
const DV: u32 = 4u;     // Lanes in a head: D = DV·WIDTH
const R: u32 = 2u;
alias Lane = vec4<f32>;
fn inner(a: Lane, b: Lane) -> f32 { return dot(a, b); }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> q: array<Lane>;           // (B·T, H·D)
@group(0) @binding(2) var<storage, read> k: array<Lane>;           // (B·Tcap, KV·D)
@group(0) @binding(3) var<storage, read> v: array<Lane>;           // (B·Tcap, KV·D)
@group(0) @binding(4) var<storage, read> lengths: array<u32>;      // (B)
@group(0) @binding(5) var<storage, read> dout: array<Lane>;        // (B·T, H·D)
@group(0) @binding(6) var<storage, read> stats: array<vec2<f32>>;  // (B·T, H, 2): lse, delta
@group(0) @binding(7) var<storage, read_write> dk: array<Lane>;    // (B·Tcap, KV·D)
@group(0) @binding(8) var<storage, read_write> dv: array<Lane>;    // (B·Tcap, KV·D)

override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tiles = (params.T + WG * R - 1) / (WG * R);
  let job = wid.x + wid.y * num.x;
  let b = job / (tiles * params.KV);
  if (b >= params.B) { return; }
  let head = job / tiles % params.KV;
  let first = job % tiles * WG * R;
  let live = min(params.T, lengths[b]);
  let group = params.H / params.KV;
  var key: array<Lane, R * DV>;
  var value: array<Lane, R * DV>;
  var dkey: array<Lane, R * DV>;
  var dvalue: array<Lane, R * DV>;
  for (var r = 0u; r < R; r++) { // unroll
    let row = (b * params.Tcap + min(first + r * WG + lane, params.T - 1)) * params.KV + head;
    for (var i = 0u; i < DV; i++) { // unroll
      key[r * DV + i] = k[row * DV + i] * params.scale;
      value[r * DV + i] = v[row * DV + i];
    }
  }
  var s: array<f32, R>;
  var dp: array<f32, R>;
  for (var h = head * group; h < (head + 1) * group; h++) {
    for (var t = first; t < live; t++) {
      let row = (b * params.T + t) * params.H + h;
      let stat = stats[row];
      for (var r = 0u; r < R; r++) { // unroll
        s[r] = 0.0;
        dp[r] = 0.0;
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = q[row * DV + i];
        let y = dout[row * DV + i];
        for (var r = 0u; r < R; r++) { // unroll
          s[r] += inner(key[r * DV + i], x);
          dp[r] += inner(value[r * DV + i], y);
        }
      }
      for (var r = 0u; r < R; r++) { // unroll
        s[r] = select(0.0, exp(s[r] - stat.x), first + r * WG + lane <= t);
        dp[r] = s[r] * (dp[r] - stat.y);
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = q[row * DV + i];
        let y = dout[row * DV + i];
        for (var r = 0u; r < R; r++) { // unroll
          dkey[r * DV + i] += dp[r] * x;
          dvalue[r * DV + i] += s[r] * y;
        }
      }
    }
  }
  for (var r = 0u; r < R; r++) { // unroll
    let u = first + r * WG + lane;
    if (u < params.T) {
      let row = (b * params.Tcap + u) * params.KV + head;
      for (var i = 0u; i < DV; i++) { // unroll
        dk[row * DV + i] = select(Lane(), dkey[r * DV + i] * params.scale, u < live);
        dv[row * DV + i] = select(Lane(), dvalue[r * DV + i], u < live);
      }
    }
  }
}
