// attention_backward_query_quad: quads and query rows as in attention_forward_quad; the probabilities are computed again from lse.
//   dq_t = D^-½ · Σ_{u ≤ t} p_tu·(dout_t·v_u − delta_t)·k_u,   p_tu = exp(s_tu − lse_t)
// A row at or beyond its sequence's length gives dq = 0.
enable subgroups;
struct Params { B: u32, T: u32, Tcap: u32, H: u32, KV: u32, scale: f32 }

const WIDTH: u32 = 4u;  // floats in a Lane
const DV: u32 = 4u;     // Lanes in a head: D = DV·WIDTH
const R: u32 = 4u;
alias Lane = vec4<f32>;
fn inner(a: Lane, b: Lane) -> f32 { return dot(a, b); }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> q: array<Lane>;           // (B·T, H·D)
@group(0) @binding(2) var<storage, read> k: array<Lane>;           // (B·Tcap, KV·D)
@group(0) @binding(3) var<storage, read> v: array<Lane>;           // (B·Tcap, KV·D)
@group(0) @binding(4) var<storage, read> lengths: array<u32>;      // (B)
@group(0) @binding(5) var<storage, read> dout: array<Lane>;        // (B·T, H·D)
@group(0) @binding(6) var<storage, read> stats: array<vec2<f32>>;  // (B·T, H, 2): lse, delta
@group(0) @binding(7) var<storage, read_write> dq: array<Lane>;    // (B·T, H·D)

override WG: u32 = 32;

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
  var grad: array<Lane, R * DV>;
  var sum: array<Lane, R * DV>;
  var stat: array<vec2<f32>, R>;
  for (var r = 0u; r < R; r++) { // unroll
    let row = (b * params.T + min(first + r * WG + lane, params.T - 1)) * params.H + h;
    stat[r] = stats[row];
    for (var i = 0u; i < DV; i++) { // unroll
      query[r * DV + i] = q[row * DV + i] * params.scale;
      grad[r * DV + i] = dout[row * DV + i];
    }
  }
  let keys = select(min(first + WG * R, live), 0, first >= live);
  let kv_row = b * params.Tcap * params.KV + h / (params.H / params.KV);
  let place = invocation % 4;
  var s: array<vec4f, R>;
  var dp: array<vec4f, R>;
  for (var u = 0u; u < keys; u += 4) {
    let at = (kv_row + min(u + place, keys - 1) * params.KV) * DV;
    for (var r = 0u; r < R; r++) { // unroll
      s[r] = vec4f();
      dp[r] = vec4f();
    }
    for (var i = 0u; i < DV; i++) { // unroll
      let x = k[at + i];
      let y = quadSwapX(x);
      let z = quadSwapY(x);
      let w = quadSwapDiagonal(x);
      for (var r = 0u; r < R; r++) { // unroll
        s[r] += vec4f(inner(query[r * DV + i], x), inner(query[r * DV + i], y), inner(query[r * DV + i], z), inner(query[r * DV + i], w));
      }
    }
    for (var i = 0u; i < DV; i++) { // unroll
      let x = v[at + i];
      let y = quadSwapX(x);
      let z = quadSwapY(x);
      let w = quadSwapDiagonal(x);
      for (var r = 0u; r < R; r++) { // unroll
        dp[r] += vec4f(inner(grad[r * DV + i], x), inner(grad[r * DV + i], y), inner(grad[r * DV + i], z), inner(grad[r * DV + i], w));
      }
    }
    let each = vec4u(u) + (vec4u(place) ^ vec4u(0, 1, 2, 3));
    for (var r = 0u; r < R; r++) { // unroll
      let seen = each <= vec4u(min(first + r * WG + lane, keys - 1));
      s[r] = select(vec4f(), exp(s[r] - stat[r].x) * (dp[r] - stat[r].y), seen);
    }
    for (var i = 0u; i < DV; i++) { // unroll
      let x = k[at + i];
      let y = quadSwapX(x);
      let z = quadSwapY(x);
      let w = quadSwapDiagonal(x);
      for (var r = 0u; r < R; r++) { // unroll
        sum[r * DV + i] = sum[r * DV + i] + s[r].x * x + s[r].y * y + s[r].z * z + s[r].w * w;
      }
    }
  }
  for (var r = 0u; r < R; r++) { // unroll
    let t = first + r * WG + lane;
    if (t < params.T) {
      let row = (b * params.T + t) * params.H + h;
      for (var i = 0u; i < DV; i++) { // unroll
        dq[row * DV + i] = select(Lane(), sum[r * DV + i] * params.scale, t < live);
      }
    }
  }
}
