// gather_forward: one workgroup copies one slot's row.
//   out_s = inp_n, n = sourceOf_s / K
// Slots from offsets_E on are not touched.
struct Params { C: u32, K: u32, E: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<f32>;        // (N, C)
@group(0) @binding(2) var<storage, read> sourceOf: array<u32>;   // (R)
@group(0) @binding(3) var<storage, read> offsets: array<u32>;    // (E + 1)
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // (R, C)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let s = wid.x + wid.y * num.x;
  if (s >= offsets[params.E]) { return; }
  let n = sourceOf[s] / params.K;
  for (var c = lane; c < params.C; c += WG) { out[s * params.C + c] = inp[n * params.C + c]; }
}
