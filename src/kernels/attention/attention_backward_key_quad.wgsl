// attention_backward_key_quad: four lanes (one quad) take 4·R key rows of one KV head, each lane R of them; the query heads of its
// group and the later queries are summed in that order, four queries at a time: each lane loads one, and swapping within the quad
// shows it to all. Component s of a vec4 belongs to the query of lane l ^ s. For software adapters.
//   dv_u = Σ_{t ≥ u} p_tu·dout_t;   dk_u = D^-½ · Σ_{t ≥ u} p_tu·(dout_t·v_u − delta_t)·q_t,   p_tu = exp(s_tu − lse_t)
// A row at or beyond its sequence's length gives dk = dv = 0.
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
@group(0) @binding(7) var<storage, read_write> dk: array<Lane>;    // (B·Tcap, KV·D)
@group(0) @binding(8) var<storage, read_write> dv: array<Lane>;    // (B·Tcap, KV·D)

override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32, @builtin(subgroup_invocation_id) invocation: u32) {
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
  let place = invocation % 4;
  var s: array<vec4f, R>;
  var dp: array<vec4f, R>;
  for (var h = head * group; h < (head + 1) * group; h++) {
    for (var t = first; t < live; t += 4) {
      let row = (b * params.T + min(t + place, live - 1)) * params.H + h;
      let own = stats[row];
      let statX = quadSwapX(own);
      let statY = quadSwapY(own);
      let statZ = quadSwapDiagonal(own);
      let lse = vec4f(own.x, statX.x, statY.x, statZ.x);
      let delta = vec4f(own.y, statX.y, statY.y, statZ.y);
      for (var r = 0u; r < R; r++) { // unroll
        s[r] = vec4f();
        dp[r] = vec4f();
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = q[row * DV + i];
        let y = quadSwapX(x);
        let z = quadSwapY(x);
        let w = quadSwapDiagonal(x);
        for (var r = 0u; r < R; r++) { // unroll
          s[r] += vec4f(inner(key[r * DV + i], x), inner(key[r * DV + i], y), inner(key[r * DV + i], z), inner(key[r * DV + i], w));
        }
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = dout[row * DV + i];
        let y = quadSwapX(x);
        let z = quadSwapY(x);
        let w = quadSwapDiagonal(x);
        for (var r = 0u; r < R; r++) { // unroll
          dp[r] += vec4f(inner(value[r * DV + i], x), inner(value[r * DV + i], y), inner(value[r * DV + i], z), inner(value[r * DV + i], w));
        }
      }
      let each = vec4u(t) + (vec4u(place) ^ vec4u(0, 1, 2, 3));
      for (var r = 0u; r < R; r++) { // unroll
        let seen = (vec4u(first + r * WG + lane) <= each) & (each < vec4u(live));
        s[r] = select(vec4f(), exp(s[r] - lse), seen);
        dp[r] = s[r] * (dp[r] - delta);
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = q[row * DV + i];
        let y = quadSwapX(x);
        let z = quadSwapY(x);
        let w = quadSwapDiagonal(x);
        for (var r = 0u; r < R; r++) { // unroll
          dkey[r * DV + i] = dkey[r * DV + i] + dp[r].x * x + dp[r].y * y + dp[r].z * z + dp[r].w * w;
        }
      }
      for (var i = 0u; i < DV; i++) { // unroll
        let x = dout[row * DV + i];
        let y = quadSwapX(x);
        let z = quadSwapY(x);
        let w = quadSwapDiagonal(x);
        for (var r = 0u; r < R; r++) { // unroll
          dvalue[r * DV + i] = dvalue[r * DV + i] + s[r].x * x + s[r].y * y + s[r].z * z + s[r].w * w;
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
