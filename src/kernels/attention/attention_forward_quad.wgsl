// attention_forward_quad: four lanes (one quad) take 4·R query rows of one head, each lane R of them. For software adapters, where
// loads dominate: each lane loads one key of four, and swapping within the quad shows every key to every row. Component s of a
// vec4 of scores belongs to the key of lane l ^ s. Softmax is online, four keys at a time.
//   s_tu = D^-½ · q_t·k_u for u ≤ pos + t;   out_t = Σ_u exp(s_tu − lse_t)·v_u,   lse_t = ln Σ_u exp(s_tu)
// lse is saved for backward. A row at or beyond its sequence's length gives out = 0, lse = 0.
enable subgroups;
struct Params { B: u32, T: u32, Tcap: u32, H: u32, KV: u32, pos: u32, scale: f32 }

const WIDTH: u32 = 4u;  // floats in a Lane
const DV: u32 = 4u;     // Lanes in a head: D = DV·WIDTH
const R: u32 = 4u;
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
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32, @builtin(subgroup_invocation_id) invocation: u32) {
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
  let place = invocation % 4;
  var p: array<vec4f, R>;
  var shrinks: array<f32, R>;
  for (var u = 0u; u < keys; u += 4) {
    let at = (kv_row + min(u + place, keys - 1) * params.KV) * DV;
    for (var r = 0u; r < R; r++) { // unroll
      p[r] = vec4f();
    }
    for (var i = 0u; i < DV; i++) { // unroll
      let x = k[at + i];
      let y = quadSwapX(x);
      let z = quadSwapY(x);
      let w = quadSwapDiagonal(x);
      for (var r = 0u; r < R; r++) { // unroll
        p[r] += vec4f(inner(query[r * DV + i], x), inner(query[r * DV + i], y), inner(query[r * DV + i], z), inner(query[r * DV + i], w));
      }
    }
    let each = vec4u(u) + (vec4u(place) ^ vec4u(0, 1, 2, 3));
    for (var r = 0u; r < R; r++) { // unroll
      let last = min(params.pos + first + r * WG + lane, keys - 1);
      let s = select(vec4f(HIDDEN), p[r], each <= vec4u(last));
      let top = max(max(max(s.x, s.y), max(s.z, s.w)), highest[r]);
      let shrink = exp(highest[r] - top);
      let e = exp(s - top);
      highest[r] = top;
      total[r] = total[r] * shrink + (e.x + e.y + e.z + e.w);
      p[r] = e;
      shrinks[r] = shrink;
    }
    for (var i = 0u; i < DV; i++) { // unroll
      let x = v[at + i];
      let y = quadSwapX(x);
      let z = quadSwapY(x);
      let w = quadSwapDiagonal(x);
      for (var r = 0u; r < R; r++) { // unroll
        sum[r * DV + i] = sum[r * DV + i] * shrinks[r] + p[r].x * x + p[r].y * y + p[r].z * z + p[r].w * w;
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
