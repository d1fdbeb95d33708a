// router_backward_weight_chunks: one thread sums one element of channels over one chunk of rows, in row order, for all experts.
//   chunks_jec = Σ_(n in chunk j) dlogits_ne · inp_nc
// The grid is (C / WG, chunks); router_backward_weight adds the chunks up.
// Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { N: u32, C: u32, ROWS: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dlogits: array<f32>;           // (N, E)
@group(0) @binding(2) var<storage, read> inp: array<Element>;           // (N, C)
@group(0) @binding(3) var<storage, read_write> chunks: array<Element>;  // (N / ROWS, E, C)

const E: u32 = 3u;
override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(local_invocation_index) lane: u32) {
  let c = wid.x * WG + lane;
  if (c >= params.C) { return; }
  var sum: array<Element, E>;
  for (var n = wid.y * params.ROWS; n < min((wid.y + 1) * params.ROWS, params.N); n++) {
    let x = inp[n * params.C + c];
    for (var e = 0u; e < E; e++) { // unroll
      sum[e] += dlogits[n * E + e] * x;
    }
  }
  for (var e = 0u; e < E; e++) { // unroll
    chunks[(wid.y * E + e) * params.C + c] = sum[e];
  }
}
