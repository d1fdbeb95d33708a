// swiglu_backward: one thread takes one element, or four, of the rows below offsets_G, as in forward; σ is computed again, not saved.
//   dup   = dout · gate · σ(gate)
//   dgate = dout · up · σ(gate) · (1 + gate · (1 − σ(gate)))
struct Params { R: u32, F: u32, G: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;       // (G + 1)
@group(0) @binding(2) var<storage, read> gate: array<Wide>;         // (R, F)
@group(0) @binding(3) var<storage, read> up: array<Wide>;           // (R, F)
@group(0) @binding(4) var<storage, read> dout: array<Wide>;         // (R, F)
@group(0) @binding(5) var<storage, read_write> dgate: array<Wide>;  // (R, F)
@group(0) @binding(6) var<storage, read_write> dup: array<Wide>;    // (R, F)

override WG: u32 = 64;
// 4 elements a thread where F is a multiple of 4.
alias Wide = f32;
const WIDTH: u32 = 1u;

// As in forward. What 1 − σ(x) loses for large x is nothing beside the 1 that it is added to.
fn sigmoid(x: Wide) -> Wide {
  let e = exp(-abs(x));
  return select(e, Wide(1.0), x >= Wide()) / (1.0 + e);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (wid.x + wid.y * num.x) * WG + lane;
  if (i >= min(offsets[params.G], params.R) * (params.F / WIDTH)) { return; }
  let x = gate[i];
  let s = sigmoid(x);
  let d = dout[i];
  dup[i] = d * x * s;
  dgate[i] = d * up[i] * s * (1.0 + x * (1.0 - s));
}
