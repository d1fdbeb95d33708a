// balance_loss: one thread takes one layer.
//   balance_l = E · Σ_e f_e · P_e,   f_e = Σ_b T_b · seqLoad_lbe / Σ_b T_b,   P_e = Σ_b T_b · seqProb_lbe / Σ_b T_b;   0 without tokens
struct Params { L: u32, B: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> seqProb: array<f32>;        // (L, B, E)
@group(0) @binding(2) var<storage, read> seqLoad: array<f32>;        // (L, B, E)
@group(0) @binding(3) var<storage, read> lengths: array<u32>;        // (B)
@group(0) @binding(4) var<storage, read_write> balance: array<f32>;  // (L)

const E: u32 = 3u;
override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(global_invocation_id) gid: vec3u) {
  let l = gid.x;
  if (l >= params.L) { return; }
  var load: array<f32, E>;
  var prob: array<f32, E>;
  var tokens = 0.0;
  for (var b = 0u; b < params.B; b++) {
    let length = f32(lengths[b]);
    tokens += length;
    for (var e = 0u; e < E; e++) {
      load[e] += length * seqLoad[(l * params.B + b) * E + e];
      prob[e] += length * seqProb[(l * params.B + b) * E + e];
    }
  }
  var sum = 0.0;
  for (var e = 0u; e < E; e++) { sum += load[e] * prob[e]; }
  balance[l] = f32(E) * sum / max(tokens * tokens, 1.0);
}
