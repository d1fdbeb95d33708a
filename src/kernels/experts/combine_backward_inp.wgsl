// combine_backward_inp: LANES threads take one slot; a workgroup takes ROWS slots.
//   dinp_s = share_i · dout_n, i = sourceOf_s, n = i / K     (written, not added)
// Slots from offsets_E on are not touched. Where C divides by 4, elements are vec4f and C counts fours.
alias Element = f32;
struct Params { C: u32, K: u32, E: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<Element>;        // (N, C)
@group(0) @binding(2) var<storage, read> share: array<f32>;           // (N, K)
@group(0) @binding(3) var<storage, read> sourceOf: array<u32>;        // (R)
@group(0) @binding(4) var<storage, read> offsets: array<u32>;         // (E + 1)
@group(0) @binding(5) var<storage, read_write> dinp: array<Element>;  // (R, C)

override LANES: u32 = 32;
override ROWS: u32 = 2;

@compute @workgroup_size(LANES * ROWS)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) thread: u32) {
  let s = (wid.x + wid.y * num.x) * ROWS + thread / LANES;
  if (s >= offsets[params.E]) { return; }
  let i = sourceOf[s];
  let n = i / params.K;
  let factor = share[i];
  for (var c = thread % LANES; c < params.C; c += LANES) { dinp[s * params.C + c] = factor * dout[n * params.C + c]; }
}
