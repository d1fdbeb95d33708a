// router_backward_weight: one thread adds up the row chunks of one weight, in their order.
//   dweight_i += Σ_j chunks_ji
struct Params { CHUNKS: u32, SIZE: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> chunks: array<f32>;         // (CHUNKS, SIZE), SIZE = E · C
@group(0) @binding(2) var<storage, read_write> dweight: array<f32>;  // (E, C)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= params.SIZE) { return; }
  var sum = 0.0;
  for (var j = 0u; j < params.CHUNKS; j++) { sum += chunks[j * params.SIZE + i]; }
  dweight[i] += sum;
}
