// combine_backward_inp: one workgroup takes one slot.
//   dinp_s = share_i · dout_n, i = sourceOf_s, n = i / K     (written, not added)
// Slots from offsets_E on are not touched.
struct Params { C: u32, K: u32, E: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<f32>;        // (N, C)
@group(0) @binding(2) var<storage, read> share: array<f32>;       // (N, K)
@group(0) @binding(3) var<storage, read> sourceOf: array<u32>;    // (R)
@group(0) @binding(4) var<storage, read> offsets: array<u32>;     // (E + 1)
@group(0) @binding(5) var<storage, read_write> dinp: array<f32>;  // (R, C)

override WG: u32 = 64;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let s = wid.x + wid.y * num.x;
  if (s >= offsets[params.E]) { return; }
  let i = sourceOf[s];
  let n = i / params.K;
  for (var c = lane; c < params.C; c += WG) { dinp[s * params.C + c] = share[i] * dout[n * params.C + c]; }
}
