// router_forward: one workgroup scores one row against every expert; its threads stride over the channels.
//   logits_ne = Σ_c inp_nc · weight_ec;   probs_n = softmax(logits_n) over all E;
//   index_n = the K largest probabilities, largest first, ties to the lowest expert;   share_nk = probs_n,index / Σ_k probs_n,index
// A padding row (t >= lengths_b) gets logits 0, probs 0, share 0 and index E, which names no expert.
struct Params { N: u32, T: u32, C: u32, K: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;           // (N, C)
@group(0) @binding(2) var<storage, read> weight: array<f32>;        // (E, C)
@group(0) @binding(3) var<storage, read> lengths: array<u32>;       // (B)
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;  // (N, E)
@group(0) @binding(5) var<storage, read_write> probs: array<f32>;   // (N, E)
@group(0) @binding(6) var<storage, read_write> index: array<u32>;   // (N, K)
@group(0) @binding(7) var<storage, read_write> share: array<f32>;   // (N, K)

const E: u32 = 3u;
override WG: u32 = 32;
override PARTIALS: u32 = 96; // WG · E
var<workgroup> partial: array<f32, PARTIALS>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let n = wid.x + wid.y * num.x;
  if (n >= params.N) { return; }
  let valid = n % params.T < lengths[n / params.T];
  var sum: array<f32, E>;
  if (valid) {
    for (var c = lane; c < params.C; c += WG) {
      let x = inp[n * params.C + c];
      for (var e = 0u; e < E; e++) { sum[e] += x * weight[e * params.C + c]; }
    }
  }
  for (var e = 0u; e < E; e++) { partial[lane * E + e] = sum[e]; }
  workgroupBarrier();
  for (var half = WG / 2; half > 0; half /= 2) {
    if (lane < half) {
      for (var e = 0u; e < E; e++) { partial[lane * E + e] += partial[(lane + half) * E + e]; }
    }
    workgroupBarrier();
  }
  if (lane > 0) { return; }
  if (!valid) {
    for (var e = 0u; e < E; e++) { logits[n * E + e] = 0.0; probs[n * E + e] = 0.0; }
    for (var k = 0u; k < params.K; k++) { index[n * params.K + k] = E; share[n * params.K + k] = 0.0; }
    return;
  }
  // Subtract the row's maximum: exp overflows f32 above 88.
  var highest = partial[0];
  for (var e = 1u; e < E; e++) { highest = max(highest, partial[e]); }
  var p: array<f32, E>;
  var total = 0.0;
  for (var e = 0u; e < E; e++) {
    p[e] = exp(partial[e] - highest);
    total += p[e];
  }
  for (var e = 0u; e < E; e++) {
    p[e] /= total;
    logits[n * E + e] = partial[e];
    probs[n * E + e] = p[e];
  }
  var kept = 0.0;
  for (var k = 0u; k < params.K; k++) {
    // A taken expert is marked by -1; the strict comparison keeps the lowest of equals.
    var best = 0u;
    for (var e = 1u; e < E; e++) {
      if (p[e] > p[best]) { best = e; }
    }
    index[n * params.K + k] = best;
    share[n * params.K + k] = p[best];
    kept += p[best];
    p[best] = -1.0;
  }
  for (var k = 0u; k < params.K; k++) {
    // p / p need not be 1 in WGSL, and K = 1 must give the router no gradient.
    share[n * params.K + k] = select(share[n * params.K + k] / kept, 1.0, params.K == 1);
  }
}
