// gather_forward: LANES threads copy one slot's row; a workgroup takes ROWS slots.
//   out_s = inp_n, n = sourceOf_s / K
// Slots from offsets_E on are not touched. Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { C: u32, K: u32, E: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> inp: array<Element>;        // (N, C)
@group(0) @binding(2) var<storage, read> sourceOf: array<u32>;       // (R)
@group(0) @binding(3) var<storage, read> offsets: array<u32>;        // (E + 1)
@group(0) @binding(4) var<storage, read_write> out: array<Element>;  // (R, C)

override LANES: u32 = 32;
override ROWS: u32 = 2;

@compute @workgroup_size(LANES * ROWS)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let s = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  if (s >= offsets[params.E]) { return; }
  let n = sourceOf[s] / params.K;
  for (var c = thread % LANES; c < params.C; c += LANES) { out[s * params.C + c] = inp[n * params.C + c]; }
}
