// attention_backward_delta: one thread takes one head of one row and keeps the two numbers that both gradient kernels need of it.
//   stats = (lse, delta),   delta = Σ_d dout_d·out_d;   (0, 0) for a row at or beyond its sequence's length
struct Params { B: u32, T: u32, H: u32 }

const WIDTH: u32 = 4u;  // floats in a Lane
const DV: u32 = 4u;     // Lanes in a head: D = DV·WIDTH
alias Lane = vec4<f32>;
fn inner(a: Lane, b: Lane) -> f32 { return dot(a, b); }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dout: array<Lane>;             // (B·T, H·D)
@group(0) @binding(2) var<storage, read> out: array<Lane>;              // (B·T, H·D)
@group(0) @binding(3) var<storage, read> lse: array<f32>;               // (B·T, H)
@group(0) @binding(4) var<storage, read> lengths: array<u32>;           // (B)
@group(0) @binding(5) var<storage, read_write> stats: array<vec2<f32>>; // (B·T, H, 2)

override WG: u32 = 32;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) num: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = (wid.x + wid.y * num.x) * WG + lane;
  let n = row / params.H;
  if (n >= params.B * params.T) { return; }
  if (n % params.T >= lengths[n / params.T]) {
    stats[row] = vec2<f32>();
    return;
  }
  var delta = 0.0;
  for (var i = 0u; i < DV; i++) { // unroll
    delta += inner(dout[row * DV + i], out[row * DV + i]);
  }
  stats[row] = vec2<f32>(lse[row], delta);
}
