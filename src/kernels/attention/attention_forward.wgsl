// attention_forward: one thread takes R query rows of one head, WG apart, so that neighbouring threads hold neighbouring rows
// and every thread of a workgroup reads the same key. Softmax is online, KB keys at a time.
//   s_tu = D^-½ · q_t·k_u for u ≤ pos + t;   out_t = Σ_u exp(s_tu − lse_t)·v_u,   lse_t = ln Σ_u exp(s_tu)
// lse is saved for backward. A row at or beyond its sequence's length gives out = 0, lse = 0.
struct Params { B: u32, T: u32, Tcap: u32, H: u32, KV: u32, pos: u32, scale: f32 }

const WIDTH: u32 = 4u;  // floats in a Lane
const DV: u32 = 4u;     // Lanes in a head: D = DV·WIDTH
const R: u32 = 2u;
const KB: u32 = 2u;
alias Lane = vec4<f32>;
fn inner(a: Lane, b: Lane) -> f32 { return dot(a, b); }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> q: array<Lane>;          // (B·T, H·D)
@group(0) @binding(2) var<storage, read> k: array<Lane>;          // (B·Tcap, KV·D)
@group(0) @binding(3) var<storage, read> v: array<Lane>;          // (B·Tcap, KV·D)
@group(0) @binding(4) var<storage, read> lengths: array<u32>;     // (B)
@group(0) @binding(5) var<storage, read_write> out: array<Lane>;  // (B·T, H·D)
@group(0) @binding(6) var<storage, read_write> lse: array<f32>;   // (B·T, H)

override WG: u32 = 32;
const HIDDEN: f32 = -1e30;  // finite, so that the difference of two hidden scores is not a NaN

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let tiles = (params.T + WG * R - 1) / (WG * R);
  let job = wid.x + wid.y * num.x;
  let b = job / (tiles * params.H);
  if (b >= params.B) { return; }
  let h = job / tiles % params.H;
  let first = job % tiles * WG * R;
  let live = min(params.T, lengths[b]);
  var query: array<Lane, R * DV>;
  var sum: array<Lane, R * DV>;
  var highest: array<f32, R>;
  var total: array<f32, R>;
  for (var r = 0u; r < R; r++) { // unroll
    highest[r] = HIDDEN;
    let row = b * params.T + min(first + r * WG + lane, params.T - 1);
    for (var i = 0u; i < DV; i++) { // unroll
      query[r * DV + i] = q[(row * params.H + h) * DV + i] * params.scale;
    }
  }
  let keys = select(params.pos + min(first + WG * R, live), 0, first >= live);
  let kv_row = b * params.Tcap * params.KV + h / (params.H / params.KV);
  var p: array<f32, R * KB>;
  for (var u = 0u; u < keys; u += KB) {
    for (var j = 0u; j < KB; j++) { // unroll
      let at = (kv_row + min(u + j, keys - 1) * params.KV) * DV;
      for (var r = 0u; r < R; r++) { // unroll
        p[r * KB + j] = 0.0;
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = k[at + i];
        for (var r = 0u; r < R; r++) { // unroll
          p[r * KB + j] += inner(query[r * DV + i], x);
        }
      }
    }
    for (var r = 0u; r < R; r++) { // unroll
      let last = params.pos + first + r * WG + lane;
      var top = highest[r];
      for (var j = 0u; j < KB; j++) { // unroll
        p[r * KB + j] = select(HIDDEN, p[r * KB + j], u + j <= last && u + j < keys);
        top = max(top, p[r * KB + j]);
      }
      let shrink = exp(highest[r] - top);
      highest[r] = top;
      total[r] *= shrink;
      for (var j = 0u; j < KB; j++) { // unroll
        p[r * KB + j] = exp(p[r * KB + j] - top);
        total[r] += p[r * KB + j];
      }
      for (var i = 0u; i < DV; i++) { // unroll
        sum[r * DV + i] *= shrink;
      }
    }
    for (var j = 0u; j < KB; j++) { // unroll
      let at = (kv_row + min(u + j, keys - 1) * params.KV) * DV;
      for (var i = 0u; i < DV; i++) { // unroll
        let y = v[at + i];
        for (var r = 0u; r < R; r++) { // unroll
          sum[r * DV + i] += p[r * KB + j] * y;
        }
      }
    }
  }
  for (var r = 0u; r < R; r++) { // unroll
    let t = first + r * WG + lane;
    if (t < params.T) {
      let row = (b * params.T + t) * params.H + h;
      let alive = t < live;
      for (var i = 0u; i < DV; i++) { // unroll
        out[row * DV + i] = select(Lane(), sum[r * DV + i] / total[r], alive);
      }
      lse[row] = select(0.0, highest[r] + log(total[r]), alive);
    }
  }
}
