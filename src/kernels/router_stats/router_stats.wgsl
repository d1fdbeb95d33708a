// router_stats: LANES threads take one sequence of one layer, striding over its valid tokens; a workgroup takes ROWS sequences.
//   seqProb_e = mean_t p_te;   seqLoad_e = |{(t, k) : index_tk = e}| / (T_b · K);   seqEntropy = mean_t −Σ_e p_te · ln p_te
// A sequence without tokens gets zeros.
struct Params { B: u32, T: u32, K: u32, layer: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> probs: array<f32>;              // (N, E)
@group(0) @binding(2) var<storage, read> index: array<u32>;              // (N, K)
@group(0) @binding(3) var<storage, read> lengths: array<u32>;            // (B)
@group(0) @binding(4) var<storage, read_write> seqProb: array<f32>;      // (L, B, E)
@group(0) @binding(5) var<storage, read_write> seqLoad: array<f32>;      // (L, B, E)
@group(0) @binding(6) var<storage, read_write> seqEntropy: array<f32>;   // (L, B)

const E: u32 = 3u;
const FIELDS = 2 * E + 1; // probabilities, counts, entropy
override LANES: u32 = 32;
override ROWS: u32 = 1;
override WG: u32 = LANES * ROWS;
var<workgroup> partial: array<f32, WG * FIELDS>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let b = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  var length = 0u;
  if (b < params.B) { length = min(lengths[b], params.T); }
  var sum: array<f32, FIELDS>;
  for (var t = lane; t < length; t += LANES) {
    let n = b * params.T + t;
    for (var e = 0u; e < E; e++) { // unroll
      let p = probs[n * E + e];
      sum[e] += p;
      // p·ln p tends to 0 with p; ln 0 does not.
      if (p > 0.0) { sum[2 * E] -= p * log(p); }
    }
    for (var k = 0u; k < params.K; k++) {
      let chosen = index[n * params.K + k];
      for (var e = 0u; e < E; e++) { // unroll
        sum[E + e] += select(0.0, 1.0, chosen == e);
      }
    }
  }
  let at = thread * FIELDS;
  for (var e = 0u; e < E; e++) { // unroll
    partial[at + e] = sum[e];
    partial[at + E + e] = sum[E + e];
  }
  partial[at + 2 * E] = sum[2 * E];
  workgroupBarrier();
  for (var half = LANES / 2; half > 0; half /= 2) {
    if (lane < half) {
      for (var f = 0u; f < FIELDS; f++) { partial[at + f] += partial[at + half * FIELDS + f]; }
    }
    workgroupBarrier();
  }
  if (lane > 0 || b >= params.B) { return; }
  let row = params.layer * params.B + b;
  let tokens = f32(max(length, 1));
  for (var e = 0u; e < E; e++) {
    seqProb[row * E + e] = partial[at + e] / tokens;
    seqLoad[row * E + e] = partial[at + E + e] / (tokens * f32(params.K));
  }
  seqEntropy[row] = partial[at + 2 * E] / tokens;
}
