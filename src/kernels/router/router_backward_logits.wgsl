// router_backward_logits: one thread takes one row.
// The renormalised shares are the softmax of the K selected logits alone, and their choice has no gradient, so
//   dlogits_e = [e selected] share_e · (dshare_e − Σ_k share_k · dshare_k)
//             + probs_e · (dprobs_e − Σ_j probs_j · dprobs_j) + zScale · 2 · lse · probs_e,   lse = ln Σ_e exp(logits_e)
// Padding rows (probs and share 0) get 0. useShare and useProbs are 0 where that gradient is not bound.
struct Params { N: u32, T: u32, K: u32, useShare: u32, useProbs: u32, zScale: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> lengths: array<u32>;        // (B)
@group(0) @binding(2) var<storage, read> logits: array<f32>;         // (N, E)
@group(0) @binding(3) var<storage, read> probs: array<f32>;          // (N, E)
@group(0) @binding(4) var<storage, read> index: array<u32>;          // (N, K)
@group(0) @binding(5) var<storage, read> share: array<f32>;          // (N, K)
@group(0) @binding(6) var<storage, read> dshare: array<f32>;         // (N, K)
@group(0) @binding(7) var<storage, read> dprobs: array<f32>;         // (N, E)
@group(0) @binding(8) var<storage, read_write> dlogits: array<f32>;  // (N, E)

const E: u32 = 3u;
override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = (wid.x + wid.y * num.x) * WG + lane;
  if (n >= params.N) { return; }
  var d: array<f32, E>;
  if (n % params.T < lengths[n / params.T]) {
    if (params.useShare != 0) {
      var mean = 0.0;
      for (var i = n * params.K; i < (n + 1) * params.K; i++) { mean += share[i] * dshare[i]; }
      for (var i = n * params.K; i < (n + 1) * params.K; i++) { d[index[i]] = share[i] * (dshare[i] - mean); }
    }
    if (params.useProbs != 0) {
      var mean = 0.0;
      for (var i = n * E; i < (n + 1) * E; i++) { mean += probs[i] * dprobs[i]; }
      for (var e = 0u; e < E; e++) { d[e] += probs[n * E + e] * (dprobs[n * E + e] - mean); }
    }
    if (params.zScale != 0.0) {
      var highest = logits[n * E];
      for (var e = 1u; e < E; e++) { highest = max(highest, logits[n * E + e]); }
      var total = 0.0;
      for (var e = 0u; e < E; e++) { total += exp(logits[n * E + e] - highest); }
      let scale = params.zScale * 2.0 * (highest + log(total));
      for (var e = 0u; e < E; e++) { d[e] += scale * probs[n * E + e]; }
    }
  }
  for (var e = 0u; e < E; e++) { dlogits[n * E + e] = d[e]; }
}
