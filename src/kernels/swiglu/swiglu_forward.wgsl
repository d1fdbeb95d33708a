// swiglu_forward: one thread takes one element of the rows below offsets_G; the others are not touched.
//   out = silu(gate) · up,   silu(x) = x · σ(x)
struct Params { R: u32, F: u32, G: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;    // (G + 1)
@group(0) @binding(2) var<storage, read> gate: array<f32>;       // (R, F)
@group(0) @binding(3) var<storage, read> up: array<f32>;         // (R, F)
@group(0) @binding(4) var<storage, read_write> out: array<f32>;  // (R, F)

override WG: u32 = 64;

// exp of a negative number only: exp(88.8) is beyond f32, and WGSL may assume that there is no infinity.
fn sigmoid(x: f32) -> f32 {
  let e = exp(-abs(x));
  return select(e, 1.0, x >= 0.0) / (1.0 + e);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= min(offsets[params.G], params.R) * params.F) { return; }
  out[i] = gate[i] * sigmoid(gate[i]) * up[i];
}
