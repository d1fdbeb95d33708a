// router_backward_inp: LANES threads take one row, striding over the channels; a workgroup takes ROWS rows.
//   dinp_nc (+)= Σ_e dlogits_ne · weight_ec
// Added where dinp is shared with the experts' gather, which writes it first; written where it is the router's own.
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { N: u32, C: u32, accumulate: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dlogits: array<f32>;         // (N, E)
@group(0) @binding(2) var<storage, read> weight: array<Element>;      // (E, C)
@group(0) @binding(3) var<storage, read_write> dinp: array<Element>;  // (N, C)

const E: u32 = 3u;
override LANES: u32 = 32;
override ROWS: u32 = 2;

@compute @workgroup_size(LANES * ROWS)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let n = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  if (n >= params.N) { return; }
  var d: array<f32, E>;
  for (var e = 0u; e < E; e++) { // unroll
    d[e] = dlogits[n * E + e];
  }
  for (var c = thread % LANES; c < params.C; c += LANES) {
    var sum = Element();
    if (params.accumulate != 0) { sum = dinp[n * params.C + c]; }
    for (var e = 0u; e < E; e++) { // unroll
      sum += d[e] * weight[e * params.C + c];
    }
    dinp[n * params.C + c] = sum;
  }
}
