// router_loss_values: LANES threads take one sequence of one layer, striding over its valid tokens; a workgroup takes ROWS
// sequences.
//   seqTokenGate = mean_t −ln p_ty, y = labels_b (0 without a label);   seqZ = mean_t lse_t², lse = ln Σ_e exp(logits_te)
// A sequence without tokens gets 0.
struct Params { B: u32, T: u32, layer: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> logits: array<f32>;              // (N, E)
@group(0) @binding(2) var<storage, read> probs: array<f32>;               // (N, E)
@group(0) @binding(3) var<storage, read> lengths: array<u32>;             // (B)
@group(0) @binding(4) var<storage, read> labels: array<u32>;              // (B)
@group(0) @binding(5) var<storage, read_write> seqTokenGate: array<f32>;  // (L, B)
@group(0) @binding(6) var<storage, read_write> seqZ: array<f32>;          // (L, B)

const E: u32 = 3u;
const LEAST = 1e-30;
override LANES: u32 = 32;
override ROWS: u32 = 1;
override WG: u32 = LANES * ROWS;
var<workgroup> partial: array<vec2f, WG>; // token gate, z

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let lane = thread % LANES;
  let b = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  var length = 0u;
  var y = E;
  if (b < params.B) {
    length = min(lengths[b], params.T);
    y = labels[b];
  }
  var sum = vec2f();
  for (var t = lane; t < length; t += LANES) {
    let row = (b * params.T + t) * E;
    if (y < E) { sum.x -= log(max(probs[row + y], LEAST)); }
    var highest = logits[row];
    for (var e = 1u; e < E; e++) { highest = max(highest, logits[row + e]); }
    var total = 0.0;
    for (var e = 0u; e < E; e++) { total += exp(logits[row + e] - highest); }
    let lse = highest + log(total);
    sum.y += lse * lse;
  }
  partial[thread] = sum;
  workgroupBarrier();
  for (var half = LANES / 2; half > 0; half /= 2) {
    if (lane < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  if (lane > 0 || b >= params.B) { return; }
  let mean = partial[thread] / f32(max(length, 1));
  seqTokenGate[params.layer * params.B + b] = mean.x;
  seqZ[params.layer * params.B + b] = mean.y;
}
