// attention_decode: one workgroup takes one query row of one head; its threads stride over the keys, each with a softmax of its own,
// which are merged at the end. For few rows and long caches.
//   out_t = Σ_u exp(s_tu − lse_t)·v_u,   lse_t = ln Σ_u exp(s_tu),   s_tu = D^-½ · q_t·k_u for u ≤ pos + t
// Where ragged is 1, pos is the sequence's own, positions_b.
// A row at or beyond its sequence's length gives out = 0, lse = 0.
struct Params { B: u32, T: u32, Tcap: u32, H: u32, KV: u32, pos: u32, ragged: u32, scale: f32 }

const WIDTH: u32 = 4u;  // floats in a Lane
const DV: u32 = 4u;     // Lanes in a head: D = DV·WIDTH
alias Lane = vec4<f32>;
fn inner(a: Lane, b: Lane) -> f32 { return dot(a, b); }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> q: array<Lane>;          // (B·T, H·D)
@group(0) @binding(2) var<storage, read> k: array<Lane>;          // (B·Tcap, KV·D)
@group(0) @binding(3) var<storage, read> v: array<Lane>;          // (B·Tcap, KV·D)
@group(0) @binding(4) var<storage, read> lengths: array<u32>;     // (B)
@group(0) @binding(5) var<storage, read> positions: array<u32>;   // (B), read where ragged is 1
@group(0) @binding(6) var<storage, read_write> out: array<Lane>;  // (B·T, H·D)
@group(0) @binding(7) var<storage, read_write> lse: array<f32>;   // (B·T, H)

override WG: u32 = 32;
const HIDDEN: f32 = -1e30;  // finite, so that the difference of two hidden scores is not a NaN
var<workgroup> part_sum: array<Lane, WG * DV>;
var<workgroup> part_highest: array<f32, WG>;
var<workgroup> part_total: array<f32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = wid.x + wid.y * num.x;
  let n = row / params.H;
  if (n >= params.B * params.T) { return; }
  let h = row % params.H;
  let b = n / params.T;
  let t = n % params.T;
  if (t >= lengths[b]) {
    for (var i = lane; i < DV; i += WG) { out[row * DV + i] = Lane(); }
    if (lane == 0) { lse[row] = 0.0; }
    return;
  }
  var query: array<Lane, DV>;
  var sum: array<Lane, DV>;
  for (var i = 0u; i < DV; i++) { // unroll
    query[i] = q[row * DV + i] * params.scale;
  }
  var pos = params.pos;
  if (params.ragged != 0) { pos = positions[b]; }
  var highest = HIDDEN;
  var total = 0.0;
  let kv_row = b * params.Tcap * params.KV + h / (params.H / params.KV);
  for (var u = lane; u <= pos + t; u += WG) {
    let at = (kv_row + u * params.KV) * DV;
    var s = 0.0;
    for (var i = 0u; i < DV; i++) { // unroll
      s += inner(query[i], k[at + i]);
    }
    let top = max(highest, s);
    let shrink = exp(highest - top);
    let p = exp(s - top);
    highest = top;
    total = total * shrink + p;
    for (var i = 0u; i < DV; i++) { // unroll
      sum[i] = sum[i] * shrink + p * v[at + i];
    }
  }
  part_highest[lane] = highest;
  workgroupBarrier();
  var top = part_highest[0];
  for (var j = 1u; j < WG; j++) { top = max(top, part_highest[j]); }
  let share = exp(highest - top);
  part_total[lane] = total * share;
  for (var i = 0u; i < DV; i++) { // unroll
    part_sum[lane * DV + i] = sum[i] * share;
  }
  workgroupBarrier();
  total = part_total[0];
  for (var j = 1u; j < WG; j++) { total += part_total[j]; }
  for (var i = lane; i < DV; i += WG) {
    var merged = part_sum[i];
    for (var j = 1u; j < WG; j++) { merged += part_sum[j * DV + i]; }
    out[row * DV + i] = merged / total;
  }
  if (lane == 0) { lse[row] = top + log(total); }
}
