// router_forward: LANES threads score one row against every expert, striding over the channels; a workgroup takes ROWS rows.
//   logits_ne = Σ_c inp_nc · weight_ec;   probs_n = softmax((logits_n + bias) / temperature) over all E;
//   index_n = the K largest probabilities, largest first, ties to the lowest expert;   share_nk = probs_n,index / Σ_k probs_n,index
// The bias is 0 and the temperature 1 but where inference is steered: + 0 and · 1 are exact, so that training has the bits of plain logits.
// A muted expert (its bit in muted is 1; never all) has probability 0, and the softmax runs over the others. Of the K slots those
// beyond the unmuted experts get index E and share 0, as in padding.
// A padding row (t >= lengths_b) gets logits 0, probs 0, share 0 and index E, which names no expert.
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { N: u32, T: u32, C: u32, K: u32, muted: u32, inverseTemperature: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<Element>;       // (N, C)
@group(0) @binding(2) var<storage, read> weight: array<Element>;    // (E, C)
@group(0) @binding(3) var<storage, read> lengths: array<u32>;       // (B)
@group(0) @binding(4) var<storage, read> bias: array<f32>;          // (E)
@group(0) @binding(5) var<storage, read_write> logits: array<f32>;  // (N, E)
@group(0) @binding(6) var<storage, read_write> probs: array<f32>;   // (N, E)
@group(0) @binding(7) var<storage, read_write> index: array<u32>;   // (N, K)
@group(0) @binding(8) var<storage, read_write> share: array<f32>;   // (N, K)

const E: u32 = 3u;
override LANES: u32 = 32;
override ROWS: u32 = 2;
override WG: u32 = LANES * ROWS;
var<workgroup> partial: array<f32, WG * E>;

fn total(x: Element) -> f32 { return x; }
fn is_muted(e: u32) -> bool { return ((params.muted >> e) & 1u) == 1u; }

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let n = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  let inside = n < params.N;
  let valid = inside && n % params.T < lengths[n / params.T];
  var sum: array<Element, E>;
  if (valid) {
    for (var c = lane; c < params.C; c += LANES) {
      let x = inp[n * params.C + c];
      for (var e = 0u; e < E; e++) { // unroll
        sum[e] += x * weight[e * params.C + c];
      }
    }
  }
  for (var e = 0u; e < E; e++) { // unroll
    partial[thread * E + e] = total(sum[e]);
  }
  workgroupBarrier();
  for (var half = LANES / 2; half > 0; half /= 2) {
    if (lane < half) {
      for (var e = 0u; e < E; e++) { partial[thread * E + e] += partial[(thread + half) * E + e]; }
    }
    workgroupBarrier();
  }
  if (lane > 0 || !inside) { return; }
  if (!valid) {
    for (var e = 0u; e < E; e++) { logits[n * E + e] = 0.0; probs[n * E + e] = 0.0; }
    for (var k = 0u; k < params.K; k++) { index[n * params.K + k] = E; share[n * params.K + k] = 0.0; }
    return;
  }
  // Subtract the row's maximum: exp overflows f32 above 88.
  let first = countTrailingZeros(~params.muted);
  var highest = partial[thread * E + first] + bias[first];
  for (var e = first + 1; e < E; e++) {
    if (!is_muted(e)) { highest = max(highest, partial[thread * E + e] + bias[e]); }
  }
  var p: array<f32, E>;
  var whole = 0.0;
  for (var e = 0u; e < E; e++) { // unroll
    let logit = partial[thread * E + e];
    logits[n * E + e] = logit;
    p[e] = 0.0;
    if (!is_muted(e)) { p[e] = exp((logit + bias[e] - highest) * params.inverseTemperature); }
    whole += p[e];
  }
  for (var e = 0u; e < E; e++) { // unroll
    p[e] /= whole;
    probs[n * E + e] = p[e];
    if (is_muted(e)) { p[e] = -1.0; }
  }
  let heard = E - countOneBits(params.muted);
  var kept = 0.0;
  for (var k = 0u; k < params.K; k++) {
    // The strict comparison keeps the lowest of equals; a taken expert is marked by -1.
    var best = 0u;
    var most = p[0];
    for (var e = 0u; e < E; e++) { // unroll
      if (p[e] > most) { best = e; most = p[e]; }
    }
    for (var e = 0u; e < E; e++) { // unroll
      if (best == e) { p[e] = -1.0; }
    }
    let found = k < heard;
    index[n * params.K + k] = select(E, best, found);
    share[n * params.K + k] = select(0.0, most, found);
    kept += select(0.0, most, found);
  }
  for (var k = 0u; k < params.K; k++) {
    // p / p need not be 1 in WGSL, and K = 1 must give the router no gradient.
    share[n * params.K + k] = select(share[n * params.K + k] / kept, 1.0, params.K == 1);
  }
}
