// router_backward_inp: one thread takes one element.
//   dinp_nc (+)= Σ_e dlogits_ne · weight_ec
// Added where dinp is shared with the experts' gather, which writes it first; written where it is the router's own.
struct Params { N: u32, C: u32, accumulate: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dlogits: array<f32>;     // (N, E)
@group(0) @binding(2) var<storage, read> weight: array<f32>;      // (E, C)
@group(0) @binding(3) var<storage, read_write> dinp: array<f32>;  // (N, C)

const E: u32 = 3u;
override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.N * params.C) { return; }
  let n = i / params.C;
  let c = i % params.C;
  var sum = 0.0;
  if (params.accumulate != 0) { sum = dinp[i]; }
  for (var e = 0u; e < E; e++) { sum += dlogits[n * E + e] * weight[e * params.C + c]; }
  dinp[i] = sum;
}
