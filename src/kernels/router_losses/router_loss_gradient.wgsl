// router_loss_gradient: one thread takes one row of one layer; b is its sequence, T_b its length, y = labels_b.
//   sequence:  dprobs_ne = gateScale · dpbar_be / (T_b · L)
//   token:     dprobs_ne = −[e = y] · gateScale / (probs_ny · T_b · L)
//   both:      + balanceScale · E · f_e / Σ_b T_b,   f_e = Σ_b T_b · seqLoad_be / Σ_b T_b, which has no gradient
// Written, not added; 0 in padding rows. A sequence without a label (y >= E) gets the balance term alone.
struct Params { N: u32, B: u32, T: u32, L: u32, layer: u32, perToken: u32, gateScale: f32, balanceScale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dpbar: array<f32>;         // (B, E)
@group(0) @binding(2) var<storage, read> probs: array<f32>;         // (N, E)
@group(0) @binding(3) var<storage, read> lengths: array<u32>;       // (B)
@group(0) @binding(4) var<storage, read> labels: array<u32>;        // (B)
@group(0) @binding(5) var<storage, read> seqLoad: array<f32>;       // (L, B, E)
@group(0) @binding(6) var<storage, read_write> dprobs: array<f32>;  // (N, E)

const E: u32 = 3u;
const LEAST = 1e-30;
override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = (wid.x + wid.y * num.x) * WG + lane;
  if (n >= params.N) { return; }
  let b = n / params.T;
  var d: array<f32, E>;
  if (n % params.T < lengths[b]) {
    let y = labels[b];
    let scale = params.gateScale / (f32(lengths[b]) * f32(params.L));
    if (y < E) {
      if (params.perToken != 0) {
        d[y] = -scale / max(probs[n * E + y], LEAST);
      } else {
        for (var e = 0u; e < E; e++) { d[e] = scale * dpbar[b * E + e]; }
      }
    }
    if (params.balanceScale != 0.0) {
      var load: array<f32, E>;
      var tokens = 0.0;
      for (var j = 0u; j < params.B; j++) {
        let length = f32(lengths[j]);
        tokens += length;
        for (var e = 0u; e < E; e++) { load[e] += length * seqLoad[(params.layer * params.B + j) * E + e]; }
      }
      for (var e = 0u; e < E; e++) { d[e] += params.balanceScale * f32(E) * load[e] / (tokens * tokens); }
    }
  }
  for (var e = 0u; e < E; e++) { dprobs[n * E + e] = d[e]; }
}
