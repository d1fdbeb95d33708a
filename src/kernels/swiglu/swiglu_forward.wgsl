// swiglu_forward: one thread takes one element, or four, of the rows below offsets_G; the others are not touched.
//   out = silu(gate) · up,   silu(x) = x · σ(x)
struct Params { R: u32, F: u32, G: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;     // (G + 1)
@group(0) @binding(2) var<storage, read> gate: array<Wide>;       // (R, F)
@group(0) @binding(3) var<storage, read> up: array<Wide>;         // (R, F)
@group(0) @binding(4) var<storage, read_write> out: array<Wide>;  // (R, F)

override WG: u32 = 64;
// 4 elements a thread where F is a multiple of 4.
alias Wide = f32;
const WIDTH: u32 = 1u;

// exp of a negative number only: exp(88.8) is beyond f32, and WGSL may assume that there is no infinity.
fn sigmoid(x: Wide) -> Wide {
  let e = exp(-abs(x));
  return select(e, Wide(1.0), x >= Wide()) / (1.0 + e);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= min(offsets[params.G], params.R) * (params.F / WIDTH)) { return; }
  out[i] = gate[i] * sigmoid(gate[i]) * up[i];
}
